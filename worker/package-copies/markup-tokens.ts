/** XML as pieces of its own text, to be read once or written again with changes. */

/** One tag, or what stands between two. Bytes are letters (latin1): only names and ASCII words are looked at. */
export interface Token {
  kind: 'open' | 'close' | 'whole' | 'text'
  /** Of the element, without its prefix. */
  name: string
  /** As it stands there. */
  text: string
}

/** Longer than any tag that a program writes; what is longer is no markup to change. */
const LONGEST_TAG = 1024 * 1024
const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)(?:[\w.-]+:)?([\w.-]+)(?:[^<>"']|"[^"<]*"|'[^'<]*')*>|[^<]+/y

/** A markup that cannot be taken apart and is better left as it is. */
export class OddMarkup extends Error {}

/** Takes a markup apart that comes in pieces; all texts together are the markup. */
class Tokens {
  #rest = ''

  /** @throws OddMarkup where it ends within a tag */
  end(): void {
    if (this.#rest !== '') throw new OddMarkup('it ends within a tag')
  }

  *push(piece: string): Iterable<Token> {
    const text = this.#rest + piece
    let at = 0
    while (at < text.length) {
      TOKEN.lastIndex = at
      const match = TOKEN.exec(text)
      if (!match) break
      at = TOKEN.lastIndex
      yield tokenOf(match)
    }
    this.#rest = text.slice(at)
    if (this.#rest.length > LONGEST_TAG) throw new OddMarkup('a tag without an end')
  }
}

function tokenOf([text, slash, name]: RegExpExecArray): Token {
  if (name === undefined) return { kind: 'text', name: '', text }
  const kind = slash ? 'close' : text.endsWith('/>') ? 'whole' : 'open'
  return { kind, name, text }
}

/** The value of an attribute, by its name without prefix. */
export function attributeOf(tag: string, name: string): string | undefined {
  const match = new RegExp(`[\\s:]${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)
  return match?.[1] ?? match?.[2]
}

/** All tokens of a markup. @throws OddMarkup */
export async function eachToken(content: AsyncIterable<Buffer>, see: (token: Token) => void): Promise<void> {
  const tokens = new Tokens()
  for await (const chunk of content) for (const token of tokens.push(chunk.toString('latin1'))) see(token)
  tokens.end()
}

/** The same markup, in which each token becomes what `write` makes of it. @throws OddMarkup */
export async function* rewritten(
  content: AsyncIterable<Buffer>,
  write: (token: Token) => string,
): AsyncIterable<Buffer> {
  const tokens = new Tokens()
  for await (const chunk of content) {
    let text = ''
    for (const token of tokens.push(chunk.toString('latin1'))) text += write(token)
    yield Buffer.from(text, 'latin1')
  }
  tokens.end()
}
