import { corrupt } from './finding.ts'
import { wideTextOf } from './wide-text.ts'

/** How many bytes make a letter, and which of them is that of ASCII. */
interface Width {
  bytes: 1 | 2 | 4
  low: number
}

/** Stands for every letter that is none of ASCII. */
const OTHER = 0x78
const LOOKED_AT_BYTES = 8192
/** In these, the bytes of `<`, `>`, `!` and quotes mean nothing else. */
const READABLE =
  /^(utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso[-_]?8859-\d+|latin-?\d|windows-\d+|(cp|ibm)-?(125\d|437|737|775|85[0257-8]|86\d|874|932|936|949|950)|koi8-[ru]|macintosh|x-mac-\w+|shift[-_]jis|x-sjis|sjis|ms932|euc-(jp|kr|cn|tw)|gb2312|gbk|gb18030|big5(-hkscs)?|ks_c_5601-1987|tis-620)$/i
const DECLARED = /^<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([^"']{0,60})/
/** How nearly all begins: nothing more needs to be asked of it. */
const USUAL = Buffer.from('<?xml version="1.0" encoding="UTF-8"')
const SPACES = [0x20, 0x0a, 0x0d, 0x09]
const LESS = 0x3c
const EBCDIC = /^4c6fa794/

/** Makes markup in UTF-16 or UTF-32 into one byte a letter, chunk by chunk: dangers hide in what one does not read. */
export class Narrowing {
  readonly #width: Width
  /** The first part of a letter whose rest comes with the next chunk. */
  #part: Buffer = Buffer.alloc(0)

  /** `head` is the beginning of the markup. */
  constructor(head: Buffer) {
    this.#width = isUsual(head) ? { bytes: 1, low: 0 } : widthOf(head)
  }

  push(chunk: Buffer): Buffer {
    const { bytes, low } = this.#width
    if (bytes === 1) return chunk
    const all = this.#part.length > 0 ? Buffer.concat([this.#part, chunk]) : chunk
    const whole = all.length - (all.length % bytes)
    this.#part = all.subarray(whole)
    const narrow = Buffer.alloc(whole / bytes)
    for (let at = 0; at < narrow.length; at++) {
      let others = 0
      for (let index = 0; index < bytes; index++) if (index !== low) others |= all[at * bytes + index] ?? 0
      narrow[at] = others === 0 ? (all[at * bytes + low] ?? OTHER) : OTHER
    }
    return narrow
  }
}

/**
 * Refuses encodings in which markup would not look like markup to us.
 * @throws AppError `corrupt_file`
 */
export function refuseRareEncoding(head: Buffer): void {
  if (isUsual(head)) return
  const first = head.toString('hex', 0, 4)
  if (EBCDIC.test(first)) throw rare('EBCDIC')
  if (/^(fffe0000|0000feff|3c000000|0000003c)/.test(first)) throw rare('UTF-32')
  const begin = withoutMark(new Narrowing(head).push(head.subarray(0, 600)))
  const encoding = DECLARED.exec(begin.toString('latin1'))?.[1]
  if (encoding !== undefined && !READABLE.test(encoding)) throw rare(encoding)
}

/** Whether something begins like markup, in whatever encoding; spaces may stand before it. */
export function beginsLikeMarkup(head: Buffer): boolean {
  if (head[0] === LESS) return true
  if (EBCDIC.test(head.toString('hex', 0, 4))) return true
  const begin = withoutMark(head.subarray(0, LOOKED_AT_BYTES))
  // Zeros are halves of letters in UTF-16.
  const first = begin.findIndex(byte => byte !== 0 && !SPACES.includes(byte))
  return first < 0 ? begin.some(byte => byte !== 0) : begin[first] === LESS
}

function isUsual(head: Buffer): boolean {
  return USUAL.equals(head.subarray(0, USUAL.length))
}

function widthOf(head: Buffer): Width {
  const first = head.toString('hex', 0, 2)
  const encoding = wideTextOf(head)?.encoding
  if (encoding?.startsWith('utf-32')) return { bytes: 4, low: encoding === 'utf-32le' ? 0 : 3 }
  if (encoding === 'utf-16le' || /^[0-7][0-9a-f]00/.test(first)) return { bytes: 2, low: 0 }
  if (encoding === 'utf-16be' || /^00[0-7][0-9a-f]/.test(first)) return { bytes: 2, low: 1 }
  return { bytes: 1, low: 0 }
}

/** Without a byte order mark, which is one strange letter where it was narrowed. */
function withoutMark(bytes: Buffer): Buffer {
  const first = bytes.toString('hex', 0, 3)
  if (first === 'efbbbf') return bytes.subarray(3)
  if (/^(fffe|feff)/.test(first)) return bytes.subarray(2)
  return first.startsWith('783c') ? bytes.subarray(1) : bytes
}

function rare(encoding: string) {
  return corrupt(`a part of it is written in an encoding that nobody uses (${encoding.slice(0, 20)})`)
}
