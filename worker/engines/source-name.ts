import { cleanFileName } from '#lib/file-name.ts'
import { claimedFormat } from '#lib/vocabulary/formats.ts'
import type { Conversion } from '#worker/engine.ts'

/** How the source is called where LibreOffice sees it: fields and headers print that. As it was sent, made safe. */
export function sourceNameOf({ fileName = '', format }: Pick<Conversion, 'fileName' | 'format'>): string {
  const name = cleanFileName(fileName)
  return claimedFormat(name) ? name : cleanFileName(`${name}.${format}`)
}
