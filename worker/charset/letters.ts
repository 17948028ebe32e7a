import { decoderOf, type Encoding } from './codec.ts'

const LOST = '\ufffd'
const LONE_RETURN = /\r(?!\r*\n)/g
const RETURNS_AT_END = /\r+$/

/** Counts unreadable characters. */
export class Tally {
  lost = 0
  /** The line of the first one, counted from 1, or the last line where there is none. */
  firstLine = 1

  add(text: string): void {
    if (this.lost === 0) this.firstLine += linesBefore(text, text.indexOf(LOST))
    this.lost += text.split(LOST).length - 1
  }
}

function linesBefore(text: string, end: number): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0 && (end < 0 || at < end); at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** Decodes bytes piece by piece without a byte order mark. Invalid bytes become `�`. */
export async function* lettersOf(
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
  tally: Tally,
): AsyncGenerator<string> {
  const decoder = decoderOf(encoding)
  let isFirst = true
  const piece = (text: string) => {
    tally.add(text)
    const unmarked = isFirst && text.startsWith('\ufeff') ? text.slice(1) : text
    if (text !== '') isFirst = false
    return unmarked
  }
  for await (const chunk of chunks) yield piece(decoder.write(chunk))
  yield piece(decoder.end() ?? '')
}

/** Replaces lone carriage returns at line ends by line feeds. */
export async function* withLineFeeds(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of pieces) {
    const text = rest + piece
    rest = RETURNS_AT_END.exec(text)?.[0] ?? ''
    yield text.slice(0, text.length - rest.length).replace(LONE_RETURN, '\n')
  }
  yield rest.replace(LONE_RETURN, '\n')
}
