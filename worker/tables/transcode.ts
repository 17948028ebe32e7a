import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import iconv from 'iconv-lite'
import { AppError } from '#lib/errors.ts'
import type { Charset } from '#lib/formats.ts'
import { openInSlot } from '#worker/report/open-in-slot.ts'

export interface Transcoding {
  /** In UTF-8. */
  from: string
  to: string
  charset: Charset
  signal: AbortSignal
}

/**
 * Writes a text in UTF-8 in another character set. LibreOffice would write `?` for what that has not, and say nothing.
 * @throws AppError `charset_lacks_character`; the signal's reason
 */
export async function transcode({ from, to, charset, signal }: Transcoding): Promise<void> {
  const encode = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let line = 1
    // Only where it tells the order of the bytes is a mark at the beginning of use.
    if (charset === 'utf-16') yield Buffer.from([0xff, 0xfe])
    for await (const text of lettersOf(chunks)) {
      const bytes = iconv.encode(text, charset === 'utf-16' ? 'utf-16le' : charset)
      refuseLost(text, { bytes, charset, line })
      line += text.split('\n').length - 1
      yield bytes
    }
  }
  const file = await openInSlot(from)
  await pipeline(file.createReadStream(), encode, createWriteStream(to, { flags: 'wx' }), { signal })
}

async function* lettersOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  // Its own mark, if there is one, goes.
  const decoder = new TextDecoder()
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

function refuseLost(
  text: string,
  { bytes, charset, line }: { bytes: Buffer; charset: Charset; line: number },
) {
  if (charset === 'utf-16' || iconv.decode(bytes, charset) === text) return
  let at = line
  for (const character of text) {
    if (character === '\n') at++
    if (iconv.decode(iconv.encode(character, charset), charset) === character) continue
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    throw new AppError('charset_lacks_character', { details: { charset, character, code, line: at } })
  }
}
