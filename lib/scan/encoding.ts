import { corrupt } from './finding.ts'
import { wideTextOf } from './wide-text.ts'

/** How many bytes make a character, and which of them holds ASCII. */
interface Width {
  bytes: 1 | 2 | 4
  low: number
}

/** Replaces every character outside ASCII. */
const OTHER = 0x78
const LOOKED_AT_BYTES = 8192
/** In these encodings the bytes of `<`, `>`, `!` and quotes have no other meaning. */
const READABLE =
  /^(utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso[-_]?8859-\d+|latin-?\d|windows-\d+|(cp|ibm)-?(125\d|437|737|775|85[0257-8]|86\d|874|932|936|949|950)|koi8-[ru]|macintosh|x-mac-\w+|shift[-_]jis|x-sjis|sjis|ms932|euc-(jp|kr|cn|tw)|gb2312|gbk|gb18030|big5(-hkscs)?|ks_c_5601-1987|tis-620)$/i
const DECLARED = /^<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([^"']{0,60})/
/** The usual beginning of XML, which needs no further check. */
const USUAL = Buffer.from('<?xml version="1.0" encoding="UTF-8"')
const SPACES = [0x20, 0x0a, 0x0d, 0x09]
const LESS = 0x3c
const EBCDIC = /^4c6fa794/

/** Converts markup in UTF-16 or UTF-32 to one byte a character, chunk by chunk, so that the checks see it. */
export class Narrowing {
  readonly #width: Width
  /** The first part of a character that continues in the next chunk. */
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
 * Refuses encodings whose markup the scan could not recognize.
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

/** Whether the bytes begin like markup in any encoding; white space may precede it. */
export function beginsLikeMarkup(head: Buffer): boolean {
  if (head[0] === LESS) return true
  if (EBCDIC.test(head.toString('hex', 0, 4))) return true
  const begin = withoutMark(head.subarray(0, LOOKED_AT_BYTES))
  // Zeros are halves of characters in UTF-16.
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

/** Removes the byte order mark; in narrowed text it is one replacement character. */
function withoutMark(bytes: Buffer): Buffer {
  const first = bytes.toString('hex', 0, 3)
  if (first === 'efbbbf') return bytes.subarray(3)
  if (/^(fffe|feff)/.test(first)) return bytes.subarray(2)
  return first.startsWith('783c') ? bytes.subarray(1) : bytes
}

function rare(encoding: string) {
  return corrupt(`a part of it is written in an encoding that nobody uses (${encoding.slice(0, 20)})`)
}
