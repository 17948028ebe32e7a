/** Johab (KS X 1001, annex 3), in which a syllable is written by its parts, five bits each. */
import type { Decoder } from './codec.ts'

const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const MEDIALS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'
const FINALS = 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'
/** By the code of each part; -1 where it is left out. */
const INITIAL = new Map(places(1, 20))
const MEDIAL = new Map([...places(2, 7), ...places(10, 15, 5), ...places(18, 23, 11), ...places(26, 29, 17)])
const FINAL = new Map([...places(1, 17), ...places(19, 29, 16)])
const [FIRST_SYLLABLE, LOST] = [0xac00, '\ufffd']
let letters: Map<number, string> | undefined
let codes: Map<string, number> | undefined

export function decoderOfJohab(): Decoder {
  letters ??= makeLetters()
  const known = letters
  let lead = 0
  const letterOf = (byte: number): string => {
    if (lead > 0) {
      const letter = known.get((lead << 8) | byte)
      lead = 0
      // A letter of ASCII is one, whatever stands before it.
      return letter ?? (byte < 0x80 ? LOST + String.fromCharCode(byte) : LOST)
    }
    if (byte < 0x80) return String.fromCharCode(byte)
    lead = byte
    return ''
  }
  return {
    write: bytes => Array.from(bytes, letterOf).join(''),
    end: () => (lead > 0 ? LOST : ''),
  }
}

/** What it has not becomes `?`. */
export function encodeJohab(text: string): Buffer {
  letters ??= makeLetters()
  codes ??= new Map([...letters].map(([code, letter]) => [letter, code]))
  const known = codes
  return Buffer.from(
    [...text].flatMap(letter => {
      if (letter < '\x80') return [letter.charCodeAt(0)]
      const code = known.get(letter)
      return code === undefined ? [0x3f] : [code >> 8, code & 0xff]
    }),
  )
}

function places(first: number, last: number, from = -1): [number, number][] {
  return Array.from({ length: last - first + 1 }, (_, index) => [first + index, from + index])
}

function makeLetters(): Map<number, string> {
  const all = new Map<number, string>()
  for (const [initial, i] of INITIAL)
    for (const [medial, m] of MEDIAL)
      for (const [final, f] of FINAL) {
        const letter = syllable(i, m, f)
        if (letter) all.set(0x8000 | (initial << 10) | (medial << 5) | final, letter)
      }
  const korean = new TextDecoder('euc-kr')
  for (let lead = 0xd9; lead <= 0xf9; lead++)
    for (let trail = 0x31; trail <= 0xfe; trail++) {
      const letter = korean.decode(besideSyllables(lead, trail))
      // Parts of syllables are written like these.
      if (letter !== '' && letter !== LOST && !/[\u3131-\u3163]/.test(letter))
        all.set((lead << 8) | trail, letter)
    }
  return all
}

/** A syllable, or a part of one that stands alone. */
function syllable(i: number, m: number, f: number): string | undefined {
  if (i >= 0 && m >= 0)
    return String.fromCharCode(FIRST_SYLLABLE + (i * MEDIALS.length + m) * (FINALS.length + 1) + f + 1)
  const [only, ...others] = [INITIALS[i], MEDIALS[m], FINALS[f]].filter(part => part !== undefined)
  return others.length === 0 ? only : undefined
}

/** In EUC-KR, two rows of which are one here; empty where there is nothing. */
function besideSyllables(lead: number, trail: number): Uint8Array {
  if (lead === 0xdf || (trail > 0x7e && trail < 0x91)) return new Uint8Array()
  const row = lead < 0xe0 ? 2 * (lead - 0xd9) : 2 * lead - 0x197
  const cell = trail < 0x91 ? trail - 0x31 : trail - 0x43
  return Uint8Array.of(row + (cell < 0x5e ? 0 : 1) + 0xa1, (cell % 0x5e) + 0xa1)
}
