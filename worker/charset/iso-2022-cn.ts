/**
 * ISO-2022-CN (RFC 1922): GB 2312 or the first plane of CNS 11643 between shifts, and the second plane one character at
 * a time. Each line designates its sets again.
 */
import iconv from 'iconv-lite'
import { cnsCodeOf, letterAt } from './cns-11643.ts'
import type { Decoder } from './codec.ts'

const [ESCAPE, BEGIN, END, LINE_FEED] = [0x1b, 0x0e, 0x0f, 0x0a]
const [GB_2312, PLANE_1, PLANE_2, SINGLE_SHIFT] = ['$)A', '$)G', '$*H', 'N']
const NAMES = [GB_2312, PLANE_1, PLANE_2, SINGLE_SHIFT]
const [FIRST, LAST, LOST] = [0x21, 0x7e, '\ufffd']

export function decoderOfIso2022Cn(): Decoder {
  const gb2312 = new TextDecoder('gb18030')
  let [set, isShifted, isSingle] = ['', false, false]
  /** The incomplete designation after an escape, and the first byte of an incomplete character. */
  let [name, lead]: [string | undefined, number] = [undefined, 0]

  const letterOf = (row: number, column: number): string | undefined => {
    const place = [row - FIRST, column - FIRST] as const
    if (isSingle) return letterAt(2, ...place)
    if (set === PLANE_1) return letterAt(1, ...place)
    return set === GB_2312 ? gb2312.decode(Uint8Array.of(row | 0x80, column | 0x80)) : undefined
  }
  const takeName = (begun: string, byte: number): string => {
    const longer = begun + String.fromCharCode(byte)
    name = NAMES.some(each => each.startsWith(longer)) ? longer : undefined
    if (name === undefined) return LOST
    if (!NAMES.includes(longer)) return ''
    name = undefined
    if (longer === SINGLE_SHIFT) isSingle = true
    else if (longer !== PLANE_2) set = longer
    return ''
  }
  const take = (byte: number): string => {
    if (name !== undefined) return takeName(name, byte)
    if (lead > 0) {
      const letter = byte >= FIRST && byte <= LAST ? letterOf(lead, byte) : undefined
      lead = 0
      isSingle = false
      return letter ?? LOST
    }
    if (byte === ESCAPE) name = ''
    else if (byte === BEGIN || byte === END) isShifted = byte === BEGIN
    else if ((isShifted || isSingle) && byte >= FIRST && byte <= LAST) lead = byte
    else {
      if (byte === LINE_FEED) [set, isShifted, isSingle] = ['', false, false]
      return byte < 0x80 ? String.fromCharCode(byte) : LOST
    }
    return ''
  }
  return {
    write: bytes => Array.from(bytes, take).join(''),
    end: () => (lead > 0 || name !== undefined ? LOST : ''),
  }
}

/** Unsupported characters become `?`. Each run of characters has its own designations and shifts. */
export function encodeIso2022Cn(text: string): Buffer {
  const parts = text.split(/([^\0-\x7f]+)/).map((part, index) => {
    if (index % 2 === 0) return Buffer.from(part)
    return Buffer.concat([...part].map(written))
  })
  return Buffer.concat(parts)
}

/** The columns of GB 2312 by row, where later additions have more. */
const COLUMNS = new Map([
  [0xa2, [0xb1, 0xe2, 0xe5, 0xee, 0xf1, 0xfc]],
  [0xa6, [0xa1, 0xb8, 0xc1, 0xd8]],
  [0xa8, [0xa1, 0xba, 0xc5, 0xe9]],
])

function isOfGb2312(bytes: Buffer): boolean {
  const [row = 0, column = 0] = bytes
  if (bytes.length !== 2 || row <= 0xa0 || column <= 0xa0) return false
  const bounds = COLUMNS.get(row) ?? [0xa1, 0xfe]
  return bounds.filter(bound => bound <= column).length % 2 === 1 || bounds.includes(column)
}

function written(letter: string): Buffer {
  const simplified = iconv.encode(letter, 'gb2312')
  if (isOfGb2312(simplified))
    return shifted(
      GB_2312,
      [...simplified].map(byte => byte & 0x7f),
    )
  const code = cnsCodeOf(letter)
  if (!code || code.plane > 2) return Buffer.from('?')
  const pair = [FIRST + code.row, FIRST + code.column]
  return code.plane === 1
    ? shifted(PLANE_1, pair)
    : Buffer.from([ESCAPE, ...Buffer.from(PLANE_2), ESCAPE, ...Buffer.from(SINGLE_SHIFT), ...pair])
}

const shifted = (name: string, pair: readonly number[]) =>
  Buffer.from([ESCAPE, ...Buffer.from(name), BEGIN, ...pair, END])
