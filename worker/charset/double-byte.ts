/** Character sets of one and two bytes that have a table: ASCII, then single bytes and pairs. */
import type { Decoder } from './codec.ts'

/** Outside ASCII; the codes of single bytes are below 0x100. */
export type Letters = ReadonlyMap<number, string>

/** A set by what is different in it from one that browsers support. */
export interface Differences {
  /** The name in browsers of the set whose pairs it has. */
  base: string
  /** The first bytes of pairs; characters that stand twice are written in the later place. */
  leads: readonly (readonly [first: number, last: number])[]
  trails: readonly [first: number, last: number]
  /** Characters of the base that it lacks. */
  absent?: string
  /** By the character that the base has in its place. */
  replaced?: ReadonlyMap<string, string>
  /** Consecutive characters that the base lacks, or has elsewhere. */
  added: readonly (readonly [first: number, letters: string])[]
}

export interface Codec {
  decoder(): Decoder
  encode(text: string): Buffer
}

const LOST = '\ufffd'
const LACKING = 0x3f

/** Invalid bytes become `�`. Unsupported characters become `?`. The table is made at the first use. */
export function doubleByte(makeLetters: () => Letters): Codec {
  let letters: Letters | undefined
  let codes: ReadonlyMap<string, number> | undefined
  const known = () => (letters ??= makeLetters())
  return {
    decoder: () => decoderOfLetters(known()),
    encode: text => {
      codes ??= new Map(Array.from(known(), ([code, letter]) => [letter, code]))
      return encoded(text, codes)
    },
  }
}

function decoderOfLetters(letters: Letters): Decoder {
  let lead = 0
  const letterOf = (byte: number): string => {
    if (lead > 0) {
      const letter = letters.get((lead << 8) | byte)
      lead = 0
      // An ASCII byte is always a character, also after an invalid byte.
      return letter ?? (byte < 0x80 ? LOST + String.fromCharCode(byte) : LOST)
    }
    if (byte < 0x80) return String.fromCharCode(byte)
    const single = letters.get(byte)
    if (single === undefined) lead = byte
    return single ?? ''
  }
  return {
    write: bytes => Array.from(bytes, letterOf).join(''),
    end: () => (lead > 0 ? LOST : ''),
  }
}

function encoded(text: string, codes: ReadonlyMap<string, number>): Buffer {
  return Buffer.from(
    [...text].flatMap(letter => {
      if (letter < '\x80') return [letter.charCodeAt(0)]
      const code = codes.get(letter) ?? LACKING
      return code < 0x100 ? [code] : [code >> 8, code & 0xff]
    }),
  )
}

export function lettersFrom({ base, leads, trails, absent = '', replaced, added }: Differences): Letters {
  const letters = new Map<number, string>()
  const decoder = new TextDecoder(base)
  for (const [first, last] of leads)
    for (let lead = first; lead <= last; lead++)
      for (let trail = trails[0]; trail <= trails[1]; trail++) {
        const letter = decoder.decode(Uint8Array.of(lead, trail))
        if (/^[^\ue000-\uf8ff\ufffd]$/u.test(letter) && !absent.includes(letter))
          letters.set((lead << 8) | trail, replaced?.get(letter) ?? letter)
      }
  for (const [first, signs] of added)
    for (const [index, sign] of [...signs].entries()) letters.set(first + index, sign)
  return letters
}
