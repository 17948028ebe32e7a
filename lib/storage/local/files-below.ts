import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing } from './local-path.ts'

/** The keys of all files below a folder, which `prefix` names. */
export async function* filesBelow(folder: string, prefix: string): AsyncIterable<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error): Dirent[] => {
    if (isMissing(error)) return []
    throw error
  })
  for (const entry of entries) {
    // What begins with a dot (a desktop's litter) is nobody's key; links are neither file nor folder.
    if (entry.name.startsWith('.')) continue
    if (entry.isFile()) yield prefix + entry.name
    if (entry.isDirectory()) yield* filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`)
  }
}
