/** The script of a character, and the Debian package with a font for it. */

/** As Unicode names them. */
const SCRIPTS =
  'Latin Greek Cyrillic Armenian Georgian Hebrew Arabic Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Thai Lao Khmer Myanmar Han Hiragana Katakana Hangul Bopomofo Ethiopic Tibetan Mongolian Adlam Ahom Anatolian_Hieroglyphs Avestan Balinese Bamum Bassa_Vah Batak Bhaiksuki Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee Chorasmian Coptic Cuneiform Cypriot Cypro_Minoan Deseret Dives_Akuru Dogra Duployan Egyptian_Hieroglyphs Elbasan Elymaic Glagolitic Gothic Grantha Gunjala_Gondi Hanifi_Rohingya Hanunoo Hatran Imperial_Aramaic Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kawi Kayah_Li Kharoshthi Khitan_Small_Script Khojki Khudawadi Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian Mahajani Makasar Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mro Multani Nabataean Nag_Mundari Nandinagari New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Old_Hungarian Old_Italic Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Osage Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham SignWriting Sogdian Sora_Sompeng Soyombo Sundanese Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tangsa Tangut Thaana Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi Zanabazar_Square'.split(
    ' ',
  )
export const EMOJI = 'emoji'
export const SYMBOLS = 'symbols'
const EMOJI_LETTER = /^[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]$/u

/** A package, and the families that show that it is installed. */
type Package = readonly [name: string, family: RegExp]
const DEJAVU: Package = ['fonts-dejavu', /^DejaVu Sans$/]
const CJK: Package = ['fonts-noto-cjk', /^Noto (Sans|Serif) CJK/]
const HAN: Package = ['fonts-hanazono', /^HanaMin/]
const SOUTH_ASIAN: Package = ['fonts-noto-ui-core', /^Noto Sans Devanagari/]
const SYMBOL: Package = ['fonts-symbola', /^Symbola$/]
const REST: Package = ['fonts-noto-core', /^Noto Sans Symbols$/]
const COLOUR: Package = ['fonts-noto-color-emoji', /^Noto Color Emoji$/]
const ALL: Package = ['fonts-unifont', /^Unifont/]

const BY_SCRIPT: Readonly<Record<string, readonly Package[]>> = {
  ...ofAll('Latin Greek Cyrillic Armenian Georgian Hebrew Braille', [DEJAVU, REST, ALL]),
  ...ofAll('Han Hiragana Katakana Hangul Bopomofo', [CJK, HAN]),
  ...ofAll(
    'Arabic Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Thai Lao Khmer Myanmar',
    [SOUTH_ASIAN, REST],
  ),
  ...ofAll(EMOJI, [SYMBOL, COLOUR, ALL]),
  ...ofAll(SYMBOLS, [SYMBOL, ALL]),
  // Without a package.
  ...ofAll('Egyptian_Hieroglyphs', []),
}

function ofAll(scripts: string, packages: readonly Package[]): Record<string, readonly Package[]> {
  return Object.fromEntries(scripts.split(' ').map(script => [script, packages]))
}

/** The name of a character's script; emoji and symbols belong to none, and combining marks to those that use them. */
export function scriptOf(code: number): string {
  const letter = String.fromCodePoint(code)
  if (EMOJI_LETTER.test(letter)) return EMOJI
  return SCRIPTS.find(script => patternOf(script).test(letter)) ?? SYMBOLS
}

/** The fonts of a machine. */
export interface InstalledFamilies {
  families: ReadonlySet<string>
  /** Whether colour fonts are drawn. */
  drawsColour: boolean
}

/** The package that such a machine needs; undefined where none is known. */
export function packageFor(script: string, { families, drawsColour }: InstalledFamilies): string | undefined {
  const packages = BY_SCRIPT[script] ?? [REST, ALL]
  const missing = packages.filter(([, family]) => ![...families].some(name => family.test(name)))
  return missing.find(each => each !== COLOUR || drawsColour)?.[0]
}

const patterns = new Map<string, RegExp>()

function patternOf(script: string): RegExp {
  const known = patterns.get(script) ?? new RegExp(`^\\p{Script_Extensions=${script}}$`, 'u')
  patterns.set(script, known)
  return known
}
