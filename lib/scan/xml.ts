/** A minimal XML reader for detection: tags and attributes of short texts, read once from start to end. */

export interface Tag {
  /** Without its namespace prefix. */
  name: string
  /** By name without namespace prefix. */
  attributes: Record<string, string>
}

// The number of attributes is limited, because each one takes stack of the expression; the searched tags have three.
const TAG = /<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')){0,64})\s*\/?>/g
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Every opening tag in order. Comments are not skipped; tags hidden in them only harm their author. */
export function* tagsOf(xml: string): Iterable<Tag> {
  for (const [, name = '', attributes = ''] of xml.matchAll(TAG)) {
    yield { name: localName(name), attributes: attributesOf(attributes) }
  }
}

export interface Root extends Tag {
  doctype: string
  /** Processing instructions before it, such as `mso-application progid="Word.Document"`. */
  instructions: string
}

/** The first element of a text and the instructions before it; undefined where the text does not begin like markup. */
export function rootOf(text: string): Root | undefined {
  let [at, doctype, instructions] = [0, '', '']
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++
    const begin = text.slice(at, at + 9).toLowerCase()
    const closing = begin.startsWith('<!--') ? '-->' : begin.startsWith('<?') ? '?>' : undefined
    const end = closing ? text.indexOf(closing, at) : begin === '<!doctype' ? endOfDoctype(text, at) : at
    if (end < 0) return undefined
    if (begin.startsWith('<?')) instructions += text.slice(at + 2, end)
    if (begin === '<!doctype') doctype = text.slice(at + 9, end).trim()
    if (closing === undefined && begin !== '<!doctype') break
    at = end + (closing?.length ?? 1)
  }
  const name = /^<([\w:.-]+)/.exec(text.slice(at, at + 200))?.[1]
  if (name === undefined) return undefined
  const end = text.indexOf('>', at)
  const attributes = attributesOf(text.slice(at, end < 0 ? undefined : end))
  return { name: localName(name), attributes, doctype, instructions }
}

function endOfDoctype(text: string, at: number): number {
  const end = text.indexOf('>', at)
  const subset = text.indexOf('[', at)
  return subset >= 0 && subset < end ? text.indexOf('>', text.indexOf(']', subset)) : end
}

function attributesOf(text: string): Record<string, string> {
  if (text === '') return {}
  const found: Record<string, string> = {}
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE))
    found[localName(name)] = plain(double ?? single ?? '')
  return found
}

function plain(value: string): string {
  return value.includes('&')
    ? value.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    : value
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
