/** The frequency of each letter in a language. All numbers are natural logarithms. */

import { ALPHABETS, FREQUENT, SIGNS, WIDE_SIGNS } from './alphabets.ts'
import { type Character, characterOf } from './characters.ts'

export interface Model {
  letter(character: Character): number
  /** For the lower-case ASCII letters; absent where the language has none of its own. */
  ascii: ReadonlyMap<string, number> | undefined
  /** It has full-width punctuation. */
  isWide: boolean
}

/** For a letter that the language does not have. */
const FOREIGN = -9
const OTHER_SCRIPT = -10
/** For a rare ideograph. */
const RARE = -14
const HIRAGANA =
  'のにはたをがでとしてれさいなるもこまらかりすっくきあうけどせわよめちおえそつみやだばひろんほずぶべ'

/** Frequencies that decrease by `ratio` with each rank and add up to `share`. */
function ranked(letters: string, { ratio, share }: { ratio: number; share: number }): Map<string, number> {
  const all = [...new Set(letters)]
  const sum = (1 - ratio ** all.length) / (1 - ratio)
  return new Map(all.map((letter, rank) => [letter, Math.log((share * ratio ** rank) / sum)]))
}

export const SIGN_LIKELIHOODS: ReadonlyMap<string, number> = ranked(SIGNS, { ratio: 0.85, share: 0.08 })
export const WIDE_SIGN_LIKELIHOODS: ReadonlyMap<string, number> = ranked(WIDE_SIGNS, {
  ratio: 0.8,
  share: 0.12,
})

/** Created when the first text needs them. */
export function makeModels(): Model[] {
  return [
    ...ALPHABETS.map(alphabetic),
    ideographic(FREQUENT.simplified, common('gb18030', [0xb0, 0xd7], [0xa1, 0xfe])),
    ideographic(FREQUENT.traditional, common('big5', [0xa4, 0xc6], [0x40, 0xfe])),
    japanese(),
    korean(),
  ]
}

function alphabetic({ script, letters, ascii }: (typeof ALPHABETS)[number]): Model {
  const table = ranked(letters, { ratio: script === 'latin' ? 0.74 : 0.91, share: 0.92 })
  return {
    letter: ({ lower, script: own }) => table.get(lower) ?? (own === script ? FOREIGN : OTHER_SCRIPT),
    ascii: ascii === undefined ? undefined : ranked(ascii, { ratio: 0.89, share: 1 }),
    isWide: false,
  }
}

function ideographic(letters: string, known: ReadonlySet<string>, share = 0.6): Model {
  const table = ranked(letters, { ratio: 0.993, share })
  const other = Math.log(share / 2 / known.size)
  return {
    letter: ({ lower, script }) =>
      table.get(lower) ?? (script === 'han' ? (known.has(lower) ? other : RARE) : OTHER_SCRIPT),
    ascii: undefined,
    isWide: true,
  }
}

function japanese(): Model {
  const hiragana = ranked(HIRAGANA, { ratio: 0.95, share: 0.5 })
  const kanji = ideographic(FREQUENT.japanese, common('euc-jp', [0xb0, 0xcf], [0xa1, 0xfe]), 0.25)
  const letter = (character: Character) => {
    const { lower, script } = character
    if (script !== 'kana') return kanji.letter(character)
    return hiragana.get(lower) ?? (lower >= '\uff66' ? -7.5 : lower >= '\u30a1' ? -5.5 : -7)
  }
  return { letter, ascii: undefined, isWide: true }
}

function korean(): Model {
  const table = ranked(FREQUENT.korean, { ratio: 0.98, share: 0.7 })
  const letter = ({ lower, script }: Character) =>
    table.get(lower) ?? (script === 'hangul' ? -9 : script === 'han' ? -12 : OTHER_SCRIPT)
  return { letter, ascii: undefined, isWide: true }
}

type Range = readonly [first: number, last: number]

/** The common ideographs: each national standard has them in a separate range. */
function common(charset: string, rows: Range, cells: Range): Set<string> {
  const bytes: number[] = []
  for (let row = rows[0]; row <= rows[1]; row++)
    for (let cell = cells[0]; cell <= cells[1]; cell++) if (cell < 0x7f || cell > 0xa0) bytes.push(row, cell)
  const text = new TextDecoder(charset).decode(Uint8Array.from(bytes))
  return new Set([...text].filter(sign => characterOf(sign.charCodeAt(0)).script === 'han'))
}
