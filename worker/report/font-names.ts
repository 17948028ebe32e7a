/** Finds font names in the texts of documents by short patterns. */

/** The place of font names in a family of formats. Each pattern is bounded, so that no text makes it slow. */
export type FontSyntax = 'ooxml' | 'odf' | 'rtf' | 'css'

const TAG = /<(?:\w{1,10}:)?(latin|ea|cs|sym|buFont|rFonts|font|name|rFont)\s([^<>]{1,1000})>/g
/** `name` is a font in the styles of a workbook and anything elsewhere, but there its value has a prefix. */
const IN_TAG = /(?:^|\s)(?:typeface|w:ascii|w:hAnsi|w:eastAsia|w:cs|w:name|val)="([^"]{1,300})"/g
const ODF = /\b(?:svg|fo):font-family="([^"]{1,300})"/g
const CSS = /\bfont-family\s{0,9}[:=]\s{0,9}("[^"<>]{1,300}"|[^;"<>{}]{1,300})/gi
const RTF_TABLE = '{\\fonttbl'
const RTF_TABLE_LENGTH = 64 * 1024
const RTF = /\{\\f\d{1,5}((?:\\\*?[a-z]{1,20}-?\d{0,9} ?|\{[^{}]{0,200}\}|\s){0,20})([^\\{};]{1,100})/g

/** Word lists a font again for each old code page. */
const CODE_PAGE = / (CE|Cyr|Greek|Tur|Baltic|\((Hebrew|Arabic|Vietnamese|Thai)\))$/
const GENERIC = /^(sans|serif|sans-serif|monospace|mono|cursive|fantasy|system-ui|inherit|initial|default)$/i
const ENTITIES: Record<string, string> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' }
const MAX_NAME = 100

/** The fonts in a text: each a list whose first installed font is used. */
export function fontNamesIn(text: string, dialect: FontSyntax): string[][] {
  switch (dialect) {
    case 'ooxml':
      return ooxml(text)
    case 'odf':
      return lists(text.matchAll(ODF), 1, /[;,]/)
    case 'css':
      return lists(text.replaceAll('&quot;', "'").matchAll(CSS), 1, /[;,]/)
    case 'rtf':
      return lists(rtfTable(text).matchAll(RTF), 2, /;/).map(names =>
        names.map(name => name.replace(CODE_PAGE, '')),
      )
  }
}

function ooxml(text: string): string[][] {
  const named: string[][] = []
  for (const [, tag, attributes = ''] of text.matchAll(TAG)) {
    // One of the sixty fonts that a theme lists for scripts that it may never use.
    if (tag === 'font' && /\bscript="/.test(attributes)) continue
    named.push(...lists(attributes.matchAll(IN_TAG), 1, /;/))
  }
  return named
}

function rtfTable(text: string): string {
  const start = text.indexOf(RTF_TABLE)
  if (start < 0) return ''
  const table = text.slice(start + RTF_TABLE.length, start + RTF_TABLE_LENGTH)
  const end = table.search(/\}\s{0,9}\}/)
  return end < 0 ? table : table.slice(0, end)
}

function lists(matches: Iterable<RegExpMatchArray>, group: number, separator: RegExp): string[][] {
  const found: string[][] = []
  for (const match of matches) {
    const names = plainText(match[group] ?? '')
      .split(separator)
      .map(nameOf)
      .filter(isName)
    if (names.length > 0) found.push(names)
  }
  return found
}

/** Without quotes, and without the mark of vertical writing. */
function nameOf(raw: string): string {
  return raw.replace(/^[\s"'@]+|[\s"']+$/g, '')
}

/** A plus begins a reference to the theme. */
function isName(name: string): boolean {
  return (
    name.length <= MAX_NAME && /^[^+\p{Cc}\ufffd]*\p{L}[^\p{Cc}\ufffd]*$/u.test(name) && !GENERIC.test(name)
  )
}

function plainText(text: string): string {
  return text.replace(/&(\w{2,4});/g, (whole, name: string) => ENTITIES[name] ?? whole)
}
