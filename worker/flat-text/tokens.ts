/** Splits flat OpenDocument as LibreOffice writes it into tags and the text between them. */

/** Far longer than any tag that LibreOffice writes. */
const LONGEST_TAG = 1024 * 1024

/** Tokenizes a markup that arrives in pieces; a text may become several tokens. A tag's values never contain `>`. */
export class Tokens {
  #rest = '';

  /** @throws RangeError for a tag that does not end */
  *of(piece: string): Iterable<string> {
    const text = this.#rest + piece
    const last = text.lastIndexOf('<')
    const end = last >= 0 && text.indexOf('>', last) < 0 ? last : text.length
    this.#rest = text.slice(end)
    if (this.#rest.length > LONGEST_TAG) throw new RangeError('a tag does not end')
    for (const [token] of text.slice(0, end).matchAll(/<[^>]*>|[^<]+/g)) yield token
  }
}

/** The name of a tag, with a slash in front of a closing one; empty for text. */
export function elementName(token: string): string {
  return /^<(\/?[\w:.-]+)/.exec(token)?.[1] ?? ''
}

/** The raw value, with entities. */
export function attribute(tag: string, name: string): string | undefined {
  const start = tag.indexOf(` ${name}="`)
  if (start < 0) return undefined
  const from = start + name.length + 3
  return tag.slice(from, tag.indexOf('"', from))
}

/** The tag without the attributes of these names. */
export function withoutAttributes(tag: string, names: readonly string[]): string {
  return names.reduce((left, name) => left.replace(new RegExp(`\\s${name}="[^"]*"`), ''), tag)
}

/**
 * Whether a tag begins text that a condition hides. Its content is what is shown; LibreOffice writes the opposite of
 * `text:is-hidden`, and would show hidden text when it reads that.
 */
export function isConditional(tag: string): boolean {
  return /^<\/?text:hidden-text\b/.test(tag)
}

/** Whether a tag is an element without content, such as `<a/>`. */
export function isEmptyElement(tag: string): boolean {
  return tag.endsWith('/>')
}
