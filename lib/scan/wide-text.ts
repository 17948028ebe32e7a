/** Texts with two or four bytes a character, UTF-16 and UTF-32, with and without a byte order mark. */
import iconv from 'iconv-lite'

export type WideEncoding = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'

export interface WideText {
  encoding: WideEncoding
  /** Whether a byte order mark identifies it. */
  isMarked: boolean
}

const MARKS: readonly (readonly [WideEncoding, string])[] = [
  // Before UTF-16, whose mark begins the same.
  ['utf-32le', 'fffe0000'],
  ['utf-32be', '0000feff'],
  ['utf-16le', 'fffe'],
  ['utf-16be', 'feff'],
]
const UNMARKED = ['utf-32le', 'utf-32be', 'utf-16le', 'utf-16be'] as const
/** Enough bytes to distinguish a text from other files. */
const LOOKED_AT_BYTES = 16 * 1024
/** Code points that no text contains: surrogate halves, private and unassigned ones, and NUL. */
const NEVER = /[\0\ufffd\ufffe\uffff\p{Cs}\p{Co}\p{Cn}]/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x01-\x08\x0e-\x1f\x7f-\x9f]/g
/** Every text contains some of these: white space, ASCII, and the East Asian full stop, commas and middle dot. */
const EVERYDAY = /[\t\n\r -~\u3002\u3001\uff0c\u30fb]/g
const ASCII_PAIR = new RegExp(
  `[${Array.from({ length: 0x5f }, (_, row) => `\\u${(row + 0x20).toString(16)}20-\\u${(row + 0x20).toString(16)}7e`).join('')}]`,
  'g',
)
/** The most Unicode blocks that one text mixes; each is a script or a part of one. */
const MOST_BLOCKS = 5

/** Detects a text of this kind from the beginning of a file; without a mark only where nothing else is possible. */
export function wideTextOf(bytes: Buffer): WideText | undefined {
  const head = bytes.subarray(0, LOOKED_AT_BYTES)
  const first = head.toString('hex', 0, 4)
  const mark = MARKS.find(([, begin]) => first.startsWith(begin))
  if (mark) return { encoding: mark[0], isMarked: true }
  // Without a zero byte there is no ASCII character, not even a line end.
  if (!head.includes(0)) return undefined
  const [best] = UNMARKED.map(encoding => ({ encoding, everyday: everydayIn(head, encoding) }))
    .filter(({ everyday }) => everyday > 0)
    .toSorted((a, b) => b.everyday - a.everyday)
  return best && { encoding: best.encoding, isMarked: false }
}

/** Decodes without the byte order mark. */
export function decodeWide(bytes: Buffer, encoding: WideEncoding): string {
  const width = encoding.startsWith('utf-32') ? 4 : 2
  return iconv.decode(bytes.subarray(0, bytes.length - (bytes.length % width)), encoding)
}

/** The share of everyday characters; 0 where it is not a text in this encoding. */
function everydayIn(head: Buffer, encoding: WideEncoding): number {
  const isCut = head.length === LOOKED_AT_BYTES
  if (!isCut && head.length % (encoding.startsWith('utf-32') ? 4 : 2) > 0) return 0
  const text = decodeWide(head, encoding)
  // A surrogate pair may be split at the end.
  if (NEVER.test(isCut ? text.slice(0, -1) : text)) return 0
  if ((text.match(CONTROL)?.length ?? 0) * 100 > text.length) return 0
  const everyday = text.match(EVERYDAY)?.length ?? 0
  // Two ASCII characters side by side look like an ideograph.
  if ((text.match(ASCII_PAIR)?.length ?? 0) * 4 > (text.length - everyday) * 3) return 0
  return blocksIn(text).size > MOST_BLOCKS && everyday * 2 < text.length ? 0 : everyday
}

function blocksIn(text: string): Set<string | number> {
  const blocks = new Set<string | number>()
  for (let at = 0; at < text.length; at++) blocks.add(blockOf(text.charCodeAt(at)))
  return blocks
}

function blockOf(unit: number): string | number {
  if (unit >= 0x4e00 && unit < 0xa000) return 'han'
  if (unit >= 0xac00 && unit < 0xd7a4) return 'hangul'
  return unit >> 8
}
