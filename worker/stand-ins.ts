/**
 * The free fonts that replace missing ones, as rules for fontconfig, which LibreOffice uses: nearest in width first,
 * because line and page breaks depend on that. A font that is installed, or embedded in a document, always takes
 * precedence.
 */
import { ASIAN } from './stand-ins/asian.ts'
import { LATIN } from './stand-ins/latin.ts'

export interface StandIn {
  /** The names of the font that may be missing. */
  names: readonly string[]
  /** The first installed one is used. */
  fonts: readonly string[]
  /** The same for Chinese, Japanese and Korean text, where that differs. */
  asian?: readonly string[]
  /** Drawn bold, because the font has no other weight. */
  weight?: 'bold'
}

export const STAND_INS: readonly StandIn[] = [...LATIN, ...ASIAN]

/** The machine's own rules. */
const MACHINE_RULES = '/etc/fonts/fonts.conf'
const ASIAN_LANGUAGES = ['ja', 'ko', 'zh']
/** For unknown fonts fontconfig prefers the widest ones; these are of usual width. */
const USUAL_WIDTH = [
  ['DejaVu Sans', 'Liberation Sans'],
  ['DejaVu Serif', 'Liberation Serif'],
] as const

/** Its package's rules would also use it for Japanese. */
const KOREAN_ALONE = ['WenQuanYi Micro Hei', 'Noto Sans CJK JP'] as const

/** They would replace LibreOffice's own symbols, but lack those of Word documents. */
const LEFT_OUT = ['Standard Symbols PS', 'D050000L']

/**
 * The machine's rules with the stand-ins. Each rule inserts directly after its font name, before the machine's own
 * replacements, so the last rule for a name takes precedence.
 */
export function fontconfigRules(standIns: readonly StandIn[] = STAND_INS): string {
  return `<include ignore_missing="yes">${MACHINE_RULES}</include>
${LEFT_OUT.map(leftOut).join('\n')}
${[...standIns.flatMap(rulesOf), ...USUAL_WIDTH.map(pair => rather(pair)), rather(KOREAN_ALONE, inLanguage('ja'))].join('\n')}
`
}

function rulesOf({ names, fonts, asian, weight }: StandIn): string[] {
  const bold = weight ? `<edit name="weight" mode="assign"><const>${weight}</const></edit>` : ''
  return names.flatMap(name => [
    match(wanted(name), after(fonts) + bold),
    ...(asian
      ? ASIAN_LANGUAGES.map(language => match(inLanguage(language) + wanted(name), after(asian)))
      : []),
  ])
}

/** Weak binding: the font itself is used where it is installed. */
function rather([font, other]: readonly [string, string], test = ''): string {
  return match(
    test + named(font),
    `<edit name="family" mode="prepend" binding="weak"><string>${other}</string></edit>`,
  )
}

const leftOut = (font: string) =>
  `<selectfont><rejectfont><pattern><patelt name="family"><string>${font}</string></patelt></pattern></rejectfont></selectfont>`
const match = (test: string, edit: string) => `<match target="pattern">${test}${edit}</match>`
const named = (name: string) => `<test name="family"><string>${name}</string></test>`
/** Only for the requested name: a machine's own rules add many of these names for unknown fonts. */
const wanted = (name: string) => `<test qual="first" name="family"><string>${name}</string></test>`
const inLanguage = (language: string) =>
  `<test name="lang" compare="contains"><string>${language}</string></test>`
const after = (fonts: readonly string[]) =>
  `<edit name="family" mode="append" binding="same">${fonts.map(font => `<string>${font}</string>`).join('')}</edit>`
