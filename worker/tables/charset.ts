import { AppError } from '#lib/errors.ts'
import { openInSlot } from '#worker/report/open-in-slot.ts'

/**
 * The encoding of a text, as TextDecoder names it: its byte order mark, what was told, or else UTF-8 where the whole
 * of it is that, and windows-1252 where it is not.
 * @throws AppError `wrong_charset` for a told UTF-8 that it is not; the signal's reason
 */
export async function encodingOf(
  path: string,
  told: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const mark = await byteOrderOf(path)
  if (mark && (told === undefined || told === 'utf-16')) return mark
  if (told === 'utf-16') return 'utf-16le'
  if (told !== undefined && told !== 'utf-8') return told
  if (await isUtf8(path, signal)) return 'utf-8'
  if (told) throw new AppError('wrong_charset', { details: { charset: told } })
  return 'windows-1252'
}

async function byteOrderOf(path: string): Promise<'utf-16le' | 'utf-16be' | undefined> {
  const file = await openInSlot(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
    if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le'
    return buffer[0] === 0xfe && buffer[1] === 0xff ? 'utf-16be' : undefined
  } finally {
    await file.close()
  }
}

async function isUtf8(path: string, signal: AbortSignal): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of (await openInSlot(path)).createReadStream({ signal }))
      decoder.decode(chunk, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    signal.throwIfAborted()
    throw error
  }
}
