/** EUC-TW: CNS 11643 in two bytes for its first plane, and in four, with the plane's number, for the others. */
import { cnsCodeOf, letterAt } from './cns-11643.ts'
import type { Decoder } from './codec.ts'

const [FIRST, LAST] = [0xa1, 0xfe]
const SINGLE_SHIFT = 0x8e
const LOST = '\ufffd'

export function decoderOfEucTw(): Decoder {
  let open: number[] = []
  const take = (byte: number): string => {
    if (open.length === 0) {
      if (byte < 0x80) return String.fromCharCode(byte)
      if (byte !== SINGLE_SHIFT && !isOfPair(byte)) return LOST
      open = [byte]
      return ''
    }
    if (!isOfPair(byte)) {
      open = []
      return LOST + take(byte)
    }
    open.push(byte)
    if (open.length < (open[0] === SINGLE_SHIFT ? 4 : 2)) return ''
    const [plane, row, column] = open.length === 4 ? open.slice(1) : [FIRST, ...open]
    open = []
    return letterAt(from(plane) + 1, from(row), from(column)) ?? LOST
  }
  return {
    write: bytes => Array.from(bytes, take).join(''),
    end: () => (open.length > 0 ? LOST : ''),
  }
}

const isOfPair = (byte: number) => byte >= FIRST && byte <= LAST
const from = (byte = FIRST) => byte - FIRST

/** Unsupported characters become `?`. */
export function encodeEucTw(text: string): Buffer {
  return Buffer.from(
    [...text].flatMap(letter => {
      if (letter < '\x80') return [letter.charCodeAt(0)]
      const code = cnsCodeOf(letter)
      if (!code) return [0x3f]
      const pair = [FIRST + code.row, FIRST + code.column]
      return code.plane === 1 ? pair : [SINGLE_SHIFT, FIRST + code.plane - 1, ...pair]
    }),
  )
}
