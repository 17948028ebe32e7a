const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/**
 * A workbook writes characters that XML cannot contain as `_x0007_`, and escapes the underscore of text that looks like
 * this.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNHOLDABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9a-f]{4}_)/gi

/** Escapes text for a workbook's cell or attribute. */
export function escapeXml(text: string): string {
  return text
    .replace(UNHOLDABLE, sign => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, sign => ENTITIES[sign] ?? sign)
}
