/** Properties of a character outside ASCII that distinguish text from wrongly decoded bytes. */
import { SIGNS, WIDE_SIGNS, type WritingSystem } from './alphabets.ts'

export interface Character {
  kind: 'letter' | 'sign' | 'wide sign' | 'never'
  script: WritingSystem | undefined
  lower: string
  isCapital: boolean
}

const SCRIPTS: readonly (readonly [WritingSystem, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['thai', /\p{Script=Thai}/u],
  ['kana', /[\u3041-\u30ff\uff66-\uff9f]/u],
  ['han', /\p{Script=Han}/u],
  ['hangul', /[\uac00-\ud7a3]/u],
]
/** Indexed by UTF-16 unit. */
const known: Character[] = []

/** `unit` is a UTF-16 unit: surrogate halves never count as expected characters. */
export function characterOf(unit: number): Character {
  const before = known[unit]
  if (before) return before
  const sign = String.fromCharCode(unit)
  const script = SCRIPTS.find(([, pattern]) => pattern.test(sign))?.[0]
  const [lower = sign] = sign.toLowerCase()
  const character = { kind: kindOf(sign, script), script, lower, isCapital: lower !== sign }
  known[unit] = character
  return character
}

function kindOf(sign: string, script: WritingSystem | undefined): Character['kind'] {
  if (sign === '\u00a0' || SIGNS.includes(sign)) return 'sign'
  if (script && /[\p{L}\p{M}]/u.test(sign)) return 'letter'
  return WIDE_SIGNS.includes(sign) || /[\uff01-\uff5e]/.test(sign) ? 'wide sign' : 'never'
}
