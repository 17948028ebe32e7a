import { readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { pathsBelow } from './page-sources.ts'

const COMPRESSIBLE = /\.(?:js|css|svg|json)$/

/** Writes the compressed form of each script and style below a folder beside it, as `.gz`, for `app/page-files.ts`. */
export function compressFiles(folder: string): void {
  for (const path of pathsBelow(folder))
    if (COMPRESSIBLE.test(path)) writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }))
}
