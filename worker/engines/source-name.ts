import { cleanFileName } from '#lib/file-name.ts'
import { claimedFormat } from '#lib/vocabulary/formats.ts'
import type { Conversion } from '#worker/engine.ts'

/** The source's file name inside the sandbox, which fields and headers print: the sender's name, made safe. */
export function sourceNameOf({ fileName = '', format }: Pick<Conversion, 'fileName' | 'format'>): string {
  const name = cleanFileName(fileName)
  return claimedFormat(name) ? name : cleanFileName(`${name}.${format}`)
}
