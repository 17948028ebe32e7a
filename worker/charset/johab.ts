/** Johab (KS X 1001, annex 3), which encodes a syllable by its parts, five bits each. */
import { doubleByte } from './double-byte.ts'

const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const MEDIALS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'
const FINALS = 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'
/** By the code of each part; -1 for an absent part. */
const INITIAL = new Map(places(1, 20))
const MEDIAL = new Map([...places(2, 7), ...places(10, 15, 5), ...places(18, 23, 11), ...places(26, 29, 17)])
const FINAL = new Map([...places(1, 17), ...places(19, 29, 16)])
const [FIRST_SYLLABLE, LOST] = [0xac00, '\ufffd']

export const JOHAB = doubleByte(makeLetters)

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
      // Parts of syllables are encoded like syllables.
      if (letter !== '' && letter !== LOST && !/[\u3131-\u3163]/.test(letter))
        all.set((lead << 8) | trail, letter)
    }
  return all
}

/** A syllable, or a single part of one. */
function syllable(i: number, m: number, f: number): string | undefined {
  if (i >= 0 && m >= 0)
    return String.fromCharCode(FIRST_SYLLABLE + (i * MEDIALS.length + m) * (FINALS.length + 1) + f + 1)
  const [only, ...others] = [INITIALS[i], MEDIALS[m], FINALS[f]].filter(part => part !== undefined)
  return others.length === 0 ? only : undefined
}

/** The bytes in EUC-KR, of which one row here covers two; empty for an unassigned code. */
function besideSyllables(lead: number, trail: number): Uint8Array {
  if (lead === 0xdf || (trail > 0x7e && trail < 0x91)) return new Uint8Array()
  const row = lead < 0xe0 ? 2 * (lead - 0xd9) : 2 * lead - 0x197
  const cell = trail < 0x91 ? trail - 0x31 : trail - 0x43
  return Uint8Array.of(row + (cell < 0x5e ? 0 : 1) + 0xa1, (cell % 0x5e) + 0xa1)
}
