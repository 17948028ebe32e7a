const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** What XML cannot hold a workbook writes as `_x0007_`, and what looks so already with its line escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNHOLDABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9a-f]{4}_)/gi

/** As the text of a workbook's cell or attribute. */
export function escapeXml(text: string): string {
  return text
    .replace(UNHOLDABLE, sign => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, sign => ENTITIES[sign] ?? sign)
}
