/**
 * How likely a text is in any of the languages: a text in a wrong character set is unlikely in all. All numbers are
 * natural logarithms.
 */

import type { WritingSystem } from './alphabets.ts'
import { type Character, characterOf } from './characters.ts'
import { type Model, makeModels, SIGN_LIKELIHOODS, WIDE_SIGN_LIKELIHOODS } from './models.ts'

/** For characters that no text contains. */
const NEVER = -13
/** For any ASCII character: two bytes decoded as one character must not gain by that. */
const ASCII = -3.4
/** The lowest value of the ASCII letters, because a text may mix two languages. */
const OTHER_LANGUAGE = -4
const MIXED_WORD = -6
/** For a second letter outside ASCII directly after one, which is rare in most languages. */
const NEIGHBOURS = -1.1
const SIGN_IN_WORD = -5
const CAPITAL = { inside: -5, first: -2.2, amongCapitals: -0.3 }
/** For a single letter that is not a word in any language. */
const LONELY = -3
const WORDS = 'àèéêóíáåöøæâôòùìž'
const SIGNS_IN_WORDS = '’‘·–—-\u00ad'
/** Scripts without spaces, whose words may directly touch words of other scripts. */
const RUNNING: Partial<Record<WritingSystem, number>> = { han: -1.5, kana: -1, hangul: -3, thai: -3 }
/** In Hebrew and Greek some letters have another form at the end of a word. */
const [ONLY_LAST, NEVER_LAST, WRONG_END] = ['םןץףךς', 'כמנפצσ', -3]

let models: Model[] | undefined

/** The likelihood of the whole text in its likeliest language. */
export function likelihoodOf(text: string): number {
  models ??= makeModels()
  const { ascii, counts, context } = counted(text)
  const inAscii = models.map(model => model.ascii && asciiOf(ascii, model.ascii))
  const best = Math.max(...inAscii.map(sum => sum ?? Number.NEGATIVE_INFINITY))
  const sums = models.map((model, index) => {
    const own = inAscii[index]
    return sumOf(counts, model) + (own === undefined ? 0 : Math.max(OTHER_LANGUAGE, own - best))
  })
  return context + Math.max(...sums)
}

interface Counted {
  /** Counts by the code of the lower-case letter. */
  ascii: Uint32Array
  counts: Map<Character, number>
  /** The sum over the neighbours of all characters. */
  context: number
}

function counted(text: string): Counted {
  const ascii = new Uint32Array(128)
  const counts = new Map<Character, number>()
  let context = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) {
      context += ASCII
      const small = unit | 0x20
      ascii[small] = (ascii[small] ?? 0) + 1
      continue
    }
    const character = characterOf(unit)
    counts.set(character, (counts.get(character) ?? 0) + 1)
    const [left, right] = [characterAt(text, index - 1), characterAt(text, index + 1)]
    context += inContext(character, left, right)
  }
  return { ascii, counts, context }
}

const characterAt = (text: string, index: number): Character => characterOf(text.charCodeAt(index) || 0x20)

function asciiOf(counts: Uint32Array, table: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const [letter, likelihood] of table) sum += likelihood * (counts[letter.charCodeAt(0)] ?? 0)
  return sum
}

function sumOf(counts: ReadonlyMap<Character, number>, model: Model): number {
  let sum = 0
  for (const [character, count] of counts) sum += count * ofCharacter(character, model)
  return sum
}

function ofCharacter(character: Character, model: Model): number {
  const { kind, lower } = character
  if (kind === 'letter') return model.letter(character)
  if (kind === 'sign') return SIGN_LIKELIHOODS.get(lower) ?? -5
  if (kind === 'never') return NEVER
  return model.isWide ? (WIDE_SIGN_LIKELIHOODS.get(lower) ?? -8) : NEVER
}

function inContext({ kind, script, lower, isCapital }: Character, left: Character, right: Character): number {
  const [isLeft, isRight] = [left.kind === 'letter', right.kind === 'letter']
  if (kind === 'sign') return isLeft && isRight && !SIGNS_IN_WORDS.includes(lower) ? SIGN_IN_WORD : 0
  if (kind !== 'letter') return 0
  const mixed = RUNNING[script ?? 'latin'] ?? MIXED_WORD
  let sum = 0
  for (const beside of [left, right]) if (beside.kind === 'letter' && isMixed(script, beside)) sum += mixed
  if (script === 'thai' && !isLeft && !isRight) sum += LONELY
  if (mixed > MIXED_WORD) return sum
  if (isCapital) {
    if (isLeft && !left.isCapital) sum += CAPITAL.inside
    else sum += isLeft || (isRight && right.isCapital) ? CAPITAL.amongCapitals : CAPITAL.first
  }
  if (isRight ? ONLY_LAST.includes(lower) : NEVER_LAST.includes(lower)) sum += WRONG_END
  if (script === 'latin' && isLeft && left.lower >= '\x80') sum += NEIGHBOURS
  if (script === 'latin' && !isLeft && !isRight && !WORDS.includes(lower)) sum += LONELY
  return sum
}

/** Whether two neighbouring letters belong to scripts that are never mixed in one word. */
function isMixed(script: WritingSystem | undefined, beside: Character): boolean {
  const areRunning =
    RUNNING[script ?? 'latin'] !== undefined && RUNNING[beside.script ?? 'latin'] !== undefined
  return beside.script !== script && !areRunning
}
