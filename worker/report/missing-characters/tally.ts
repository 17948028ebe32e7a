/** The counts of characters that not every font has, by code point. */
export type CharacterTally = ReadonlyMap<number, number>

const ASTRAL = 0x10000
/** Letters of Western languages and their punctuation are in every text font. */
const RARE = /[^\0-\u024f\u2000-\u206f]|&#/
const MAX_DIFFERENT = 50_000

/** Whether a piece of a text may contain rare characters, also as numeric entities. */
export function mayBeRare(piece: string): boolean {
  return RARE.test(piece)
}

function isRare(code: number): boolean {
  return code > 0x024f && (code < 0x2000 || code > 0x206f)
}

/** Counts the rare characters of texts. No character is split between two pieces. */
export class Tallying {
  readonly #tally = new Map<number, number>()

  get tally(): CharacterTally {
    return this.#tally
  }

  add(piece: string): void {
    for (let at = 0; at < piece.length; at++) {
      const code = piece.codePointAt(at) ?? 0
      if (code >= ASTRAL) at++
      if (isRare(code)) this.#count(code)
    }
  }

  #count(code: number): void {
    const count = this.#tally.get(code)
    if (count !== undefined || this.#tally.size < MAX_DIFFERENT) this.#tally.set(code, (count ?? 0) + 1)
  }
}
