import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Charset } from '#lib/vocabulary/formats.ts'
import { decode, type Encoding, encode } from '#worker/charset/codec.ts'
import { openInSlot } from '#worker/report/open-in-slot.ts'

export interface Transcoding {
  /** In UTF-8. */
  from: string
  to: string
  charset: Charset
  signal: AbortSignal
}

/**
 * Converts a text from UTF-8 to another character set. LibreOffice would silently write `?` for missing characters.
 * @throws AppError `charset_lacks_character`; the signal's reason
 */
export async function transcode({ from, to, charset, signal }: Transcoding): Promise<void> {
  const encoded = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let line = 1
    // A byte order mark is only useful where the byte order varies.
    if (charset === 'utf-16' || charset === 'utf-32') yield encode('\ufeff', charset)
    for await (const text of lettersOf(chunks)) {
      const bytes = encode(text, charset)
      refuseLost(text, { bytes, charset, line })
      line += text.split('\n').length - 1
      yield bytes
    }
  }
  const file = await openInSlot(from)
  await pipeline(file.createReadStream(), encoded, createWriteStream(to, { flags: 'wx' }), { signal })
}

async function* lettersOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  // The text's own mark is removed.
  const decoder = new TextDecoder()
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

function refuseLost(
  text: string,
  { bytes, charset, line }: { bytes: Buffer; charset: Charset; line: number },
) {
  const encoding: Encoding = charset === 'utf-16' || charset === 'utf-32' ? `${charset}le` : charset
  if (encoding.startsWith('utf-') || decode(bytes, encoding) === text) return
  let at = line
  for (const character of text) {
    if (character === '\n') at++
    if (decode(encode(character, charset), encoding) === character) continue
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    throw new AppError('charset_lacks_character', { details: { charset, character, code, line: at } })
  }
}
