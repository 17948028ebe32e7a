/** The script of a character, and the Debian package with a font for it. */

/** As Unicode names them, and their codes in ISO 15924. */
const SCRIPTS: ReadonlyMap<string, string> = new Map(
  'Latin/Latn Greek/Grek Cyrillic/Cyrl Armenian/Armn Georgian/Geor Hebrew/Hebr Arabic/Arab Devanagari/Deva Bengali/Beng Gurmukhi/Guru Gujarati/Gujr Oriya/Orya Tamil/Taml Telugu/Telu Kannada/Knda Malayalam/Mlym Sinhala/Sinh Thai/Thai Lao/Laoo Khmer/Khmr Myanmar/Mymr Han/Hani Hiragana/Hira Katakana/Kana Hangul/Hang Bopomofo/Bopo Ethiopic/Ethi Tibetan/Tibt Mongolian/Mong Adlam/Adlm Ahom/Ahom Anatolian_Hieroglyphs/Hluw Avestan/Avst Balinese/Bali Bamum/Bamu Bassa_Vah/Bass Batak/Batk Bhaiksuki/Bhks Brahmi/Brah Braille/Brai Buginese/Bugi Buhid/Buhd Canadian_Aboriginal/Cans Carian/Cari Caucasian_Albanian/Aghb Chakma/Cakm Cham/Cham Cherokee/Cher Chorasmian/Chrs Coptic/Copt Cuneiform/Xsux Cypriot/Cprt Cypro_Minoan/Cpmn Deseret/Dsrt Dives_Akuru/Diak Dogra/Dogr Duployan/Dupl Egyptian_Hieroglyphs/Egyp Elbasan/Elba Elymaic/Elym Glagolitic/Glag Gothic/Goth Grantha/Gran Gunjala_Gondi/Gong Hanifi_Rohingya/Rohg Hanunoo/Hano Hatran/Hatr Imperial_Aramaic/Armi Inscriptional_Pahlavi/Phli Inscriptional_Parthian/Prti Javanese/Java Kaithi/Kthi Kawi/Kawi Kayah_Li/Kali Kharoshthi/Khar Khitan_Small_Script/Kits Khojki/Khoj Khudawadi/Sind Lepcha/Lepc Limbu/Limb Linear_A/Lina Linear_B/Linb Lisu/Lisu Lycian/Lyci Lydian/Lydi Mahajani/Mahj Makasar/Maka Mandaic/Mand Manichaean/Mani Marchen/Marc Masaram_Gondi/Gonm Medefaidrin/Medf Meetei_Mayek/Mtei Mende_Kikakui/Mend Meroitic_Cursive/Merc Meroitic_Hieroglyphs/Mero Miao/Plrd Modi/Modi Mro/Mroo Multani/Mult Nabataean/Nbat Nag_Mundari/Nagm Nandinagari/Nand New_Tai_Lue/Talu Newa/Newa Nko/Nkoo Nushu/Nshu Nyiakeng_Puachue_Hmong/Hmnp Ogham/Ogam Ol_Chiki/Olck Old_Hungarian/Hung Old_Italic/Ital Old_North_Arabian/Narb Old_Permic/Perm Old_Persian/Xpeo Old_Sogdian/Sogo Old_South_Arabian/Sarb Old_Turkic/Orkh Old_Uyghur/Ougr Osage/Osge Osmanya/Osma Pahawh_Hmong/Hmng Palmyrene/Palm Pau_Cin_Hau/Pauc Phags_Pa/Phag Phoenician/Phnx Psalter_Pahlavi/Phlp Rejang/Rjng Runic/Runr Samaritan/Samr Saurashtra/Saur Sharada/Shrd Shavian/Shaw Siddham/Sidd SignWriting/Sgnw Sogdian/Sogd Sora_Sompeng/Sora Soyombo/Soyo Sundanese/Sund Syloti_Nagri/Sylo Syriac/Syrc Tagalog/Tglg Tagbanwa/Tagb Tai_Le/Tale Tai_Tham/Lana Tai_Viet/Tavt Takri/Takr Tangsa/Tnsa Tangut/Tang Thaana/Thaa Tifinagh/Tfng Tirhuta/Tirh Toto/Toto Ugaritic/Ugar Vai/Vaii Vithkuqi/Vith Wancho/Wcho Warang_Citi/Wara Yezidi/Yezi Yi/Yiii Zanabazar_Square/Zanb'
    .split(' ')
    .map(pair => pair.split('/') as [string, string]),
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
  return [...SCRIPTS.keys()].find(script => patternOf(script).test(letter)) ?? SYMBOLS
}

/** Its code in ISO 15924, by which a browser knows its name in other languages. */
export function scriptCode(script: string): string | undefined {
  return { [EMOJI]: 'Zsye', [SYMBOLS]: 'Zsym' }[script] ?? SCRIPTS.get(script)
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
