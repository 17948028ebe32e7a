/** Splits XML into tokens of its own text, for reading once or rewriting with changes. */

/** One tag, or the text between two. Bytes are characters (latin1), because only names and ASCII words are matched. */
export interface Token {
  kind: 'open' | 'close' | 'whole' | 'text'
  /** The element's name without prefix. */
  name: string
  /** The token as written. */
  text: string
}

/** Longer than any tag that a program writes; markup with a longer one stays unchanged. */
const LONGEST_TAG = 1024 * 1024
const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)(?:[\w.-]+:)?([\w.-]+)(?:[^<>"']|"[^"<]*"|'[^'<]*')*>|[^<]+/y

/** Markup that cannot be tokenized and stays unchanged. */
export class OddMarkup extends Error {}

/** Tokenizes a markup that arrives in pieces; all tokens together are the markup. */
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

/** Passes all tokens of a markup to `see`. @throws OddMarkup */
export async function eachToken(content: AsyncIterable<Buffer>, see: (token: Token) => void): Promise<void> {
  const tokens = new Tokens()
  for await (const chunk of content) for (const token of tokens.push(chunk.toString('latin1'))) see(token)
  tokens.end()
}

/** The same markup, with each token replaced by the result of `write`. @throws OddMarkup */
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
