/**
 * Which free fonts stand in for those that documents name and a machine lacks, told to fontconfig, which LibreOffice
 * asks: nearest in width first, since lines and pages break by that. A font that is installed, or comes with a
 * document, always goes before its stand-ins.
 */
import { ASIAN } from './stand-ins/asian.ts'
import { LATIN } from './stand-ins/latin.ts'

export interface StandIn {
  /** Of the font that may be missing. */
  names: readonly string[]
  /** The first one that is installed is taken. */
  fonts: readonly string[]
  /** The same for Chinese, Japanese and Korean text, where that differs. */
  asian?: readonly string[]
  /** Drawn as such, since the font has no other. */
  weight?: 'bold'
}

export const STAND_INS: readonly StandIn[] = [...LATIN, ...ASIAN]

/** Where a machine's own rules are. */
const MACHINE_RULES = '/etc/fonts/fonts.conf'
const ASIAN_LANGUAGES = ['ja', 'ko', 'zh']
/** Fontconfig's first choices for any font that it does not know are the widest of all; these are of usual width. */
const USUAL_WIDTH = [
  ['DejaVu Sans', 'Liberation Sans'],
  ['DejaVu Serif', 'Liberation Serif'],
] as const

/** Its package would have it draw Japanese too. */
const KOREAN_ALONE = ['WenQuanYi Micro Hei', 'Noto Sans CJK JP'] as const

/** They take the place of LibreOffice's own symbols, and lack those of documents from Word. */
const LEFT_OUT = ['Standard Symbols PS', 'D050000L']

/**
 * The rules of a machine with the stand-ins. Each goes right behind the name that it is for, before what the machine
 * would take, so the last rule about a name counts first.
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

/** Weak: where the font itself is meant and there, it is taken. */
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
/** Only as what was asked for: a machine's own rules list many of these names for fonts that they do not know. */
const wanted = (name: string) => `<test qual="first" name="family"><string>${name}</string></test>`
const inLanguage = (language: string) =>
  `<test name="lang" compare="contains"><string>${language}</string></test>`
const after = (fonts: readonly string[]) =>
  `<edit name="family" mode="append" binding="same">${fonts.map(font => `<string>${font}</string>`).join('')}</edit>`
