import type { ReplacedFont } from '#lib/vocabulary/notes/font-notes.ts'
import { STAND_INS } from '#worker/stand-ins.ts'
import type { MachineFont, Match } from './fonts.ts'
import { haveSameWidths, packageOf, plain } from './known-fonts.ts'
import { fontFamilyOf } from './result-fonts.ts'

/** Characters of these are drawn with LibreOffice's own symbols, as far as it has them. */
const SYMBOLS = /^(wingdings( [23])?|webdings|symbol|zapf ?dingbats|monotype sorts|starsymbol)$/i
/** Generic fonts, by fontconfig's names. */
export const KINDS = ['serif', 'sans-serif', 'monospace']
const WITH_STAND_IN = new Set(STAND_INS.flatMap(({ names }) => names).map(plain))
const OWN_SYMBOLS: MachineFont = { family: 'OpenSymbol', postscript: 'OpenSymbol' }

/**
 * The fonts of a document that were replaced, and by what. A document names unused fonts too, so where the result's
 * fonts are known, only a replacement among them counts.
 */
export function replacedFonts(
  named: readonly (readonly string[])[],
  matches: ReadonlyMap<string, Match>,
  drawn: ReadonlySet<string> | undefined,
): ReplacedFont[] {
  const replaced = new Map<string, ReplacedFont>()
  for (const names of named) {
    const [name = ''] = names
    // A document may embed a font, which is then used even though the machine lacks it.
    if (matches.get(name)?.isInstalled || drawn?.has(plain(name))) continue
    const font = candidates(names, matches).find(font => !drawn || isDrawn(font, drawn))
    if (!font) continue
    replaced.set(plain(name), replacement(name, font.family))
  }
  return [...replaced.values()]
}

/** LibreOffice writes `P052-Roman` as `P052Roman`. */
function isDrawn({ postscript }: MachineFont, drawn: ReadonlySet<string>): boolean {
  return drawn.has(fontFamilyOf(postscript)) || drawn.has(plain(postscript))
}

function replacement(name: string, replacedBy: string): ReplacedFont {
  const metric = haveSameWidths(name, replacedBy)
  const debian = packageOf(name)
  const isNoBetter = metric || debian === packageOf(replacedBy)
  return { name, replacedBy, metric, package: isNoBetter ? null : debian }
}

/**
 * The likeliest replacements first: the document's own alternatives, otherwise fontconfig's first choice, or its choice
 * for a generic font, which LibreOffice 25.2 uses for unknown names.
 */
function candidates(
  [name = '', ...others]: readonly string[],
  matches: ReadonlyMap<string, Match>,
): readonly MachineFont[] {
  const next = others.map(other => matches.get(other)).find(match => match?.isInstalled)
  if (next) return next.fonts
  // For characters without own symbols of LibreOffice, the font that drew them is unknown.
  if (SYMBOLS.test(name)) return [OWN_SYMBOLS]
  const given = matches.get(name)?.fonts ?? []
  if (WITH_STAND_IN.has(plain(name))) return given
  return [...given, ...KINDS.flatMap(kind => matches.get(kind)?.fonts ?? [])]
}
