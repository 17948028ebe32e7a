/** A text in every script that the launcher brings fonts for. */
import { word } from './packages.ts'

/** By script: a few words, and a family that may draw them where Calibri is asked for, as its name begins in a PDF. */
export const SCRIPTS: Readonly<Record<string, readonly [text: string, family: RegExp]>> = {
  Latin: ['Příliš żółty Việt Nam', /^Carlito/],
  Greek: ['Καλημέρα κόσμε', /^Carlito/],
  Cyrillic: ['Привет їжак', /^Carlito/],
  Armenian: ['Բարեւ աշխարհ', /^DejaVu/],
  Georgian: ['გამარჯობა', /^DejaVu/],
  Han: ['你好世界', /^Noto(Sans|Serif)CJK/],
  Kana: ['こんにちは カタカナ', /^Noto(Sans|Serif)CJK/],
  Hangul: ['안녕하세요', /^Noto(Sans|Serif)CJK/],
  Arabic: ['مرحبا', /^(DejaVu|Noto(Sans|Naskh)Arabic)/],
  Urdu: ['ہیں ٹھیک', /^Noto(Sans|Naskh)Arabic/],
  Hebrew: ['שלום עולם', /^DejaVu/],
  Devanagari: ['नमस्ते क्षत्रिय', /^NotoSansDevanagari/],
  Bengali: ['বাংলা ভাষা', /^NotoSansBengali/],
  Gurmukhi: ['ਸਤਿ ਸ੍ਰੀ ਅਕਾਲ', /^NotoSansGurmukhi/],
  Gujarati: ['ગુજરાતી', /^NotoSansGujarati/],
  Odia: ['ନମସ୍କାର', /^NotoSansOriya/],
  Tamil: ['வணக்கம்', /^NotoSansTamil/],
  Telugu: ['తెలుగు', /^NotoSansTelugu/],
  Kannada: ['ನಮಸ್ಕಾರ', /^NotoSansKannada/],
  Malayalam: ['നമസ്കാരം', /^NotoSansMalayalam/],
  Sinhala: ['ආයුබෝවන්', /^NotoSansSinhala/],
  Thai: ['สวัสดีชาวโลก', /^Noto(Sans|Looped)Thai/],
  Lao: ['ສະບາຍດີ', /^(DejaVu|Noto(Sans|Looped)Lao)/],
  Khmer: ['ភាសា', /^NotoSansKhmer/],
  Myanmar: ['မြို့ စကြဝဠ', /^NotoSansMyanmar/],
  Emoji: ['🚀 ✅ ⭐ 🎉 📄 🔥 👍🏽 🇩🇪 👨‍👩‍👧', /^Symbola/],
  Symbols: ['∑ √ ∞ → ☒ ⌘ ♞', /^(Symbola|DejaVu|Carlito)/],
}

/** How high each line of `scriptPages` is, in points; the first begins at the top of the page. */
export const LINE_HEIGHT = 60
const FONTS = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
const PAGE =
  '<w:sectPr><w:pgSz w:w="11906" w:h="5000"/><w:pgMar w:top="0" w:bottom="0" w:left="720" w:right="720"/></w:sectPr>'

/** A Word document in Calibri with pages of these lines. */
export function scriptPages(pages: readonly (readonly string[])[]): Promise<Buffer> {
  const lines = pages.flatMap(texts => texts.map((text, index) => line(text, index === 0)))
  return word(lines.join('') + PAGE)
}

function line(text: string, isFirst: boolean): string {
  const place = `${isFirst ? '<w:pageBreakBefore/>' : ''}<w:spacing w:before="0" w:after="0" w:line="${LINE_HEIGHT * 20}" w:lineRule="exact"/>`
  return `<w:p><w:pPr>${place}</w:pPr><w:r><w:rPr>${FONTS}<w:sz w:val="48"/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
}
