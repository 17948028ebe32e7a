import type { Source } from './source.ts'

/** Enough for the trailer, or for the dictionary before a stream of cross-references. */
const REGION_BYTES = 4096

/**
 * Whether a PDF is encrypted: its trailer says so, at the end of the file or where the last number in it leads. Many
 * such files open without a password.
 */
export async function isEncryptedPdf(source: Source): Promise<boolean> {
  const end = await textAt(source, Math.max(0, source.size - REGION_BYTES))
  if (/\/Encrypt\b/.test(end)) return true
  const start = Number(/.*startxref\s+(\d+)/s.exec(end)?.[1] ?? source.size)
  if (start >= source.size) return false
  const [dictionary = ''] = (await textAt(source, start)).split('stream', 1)
  return /\/Encrypt\b/.test(dictionary)
}

async function textAt(source: Source, at: number): Promise<string> {
  return (await source.read(at, at + REGION_BYTES)).toString('latin1')
}
