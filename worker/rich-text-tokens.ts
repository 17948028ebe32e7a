const TOKEN = /\\[a-z]{1,32}(?:-?\d{1,10})? ?|\\'[\da-f]{2}|\\[\s\S]|[{}]|[^\\{}]+/iy
/** No token except a text is longer; a text may become several tokens. */
const LONGEST = 64

/**
 * Tokenizes a rich text that arrives in pieces into control words, symbols and texts; all tokens together are the text.
 */
export class RichTextTokens {
  /** Whether the last token is raw bytes, such as of a picture. */
  isRaw = false
  #rest = ''
  #rawBytes = 0;

  /** Without a piece, the remaining text. */
  *of(piece?: Buffer): Iterable<string> {
    const text = this.#rest + (piece?.toString('latin1') ?? '')
    let at = 0
    while (at < text.length) {
      const token =
        this.#rawBytes > 0 ? text.slice(at, at + this.#rawBytes) : tokenAt(text, at, piece === undefined)
      if (token === undefined) break
      this.isRaw = this.#rawBytes > 0
      this.#rawBytes = this.isRaw ? this.#rawBytes - token.length : rawBytesBehind(token)
      at += token.length
      yield token
    }
    this.#rest = text.slice(at)
  }
}

/** Decides what becomes of each token. */
export interface TokenRewriter {
  /** What stands there instead; raw bytes are no text. */
  read(token: string, isRaw: boolean): string
  /** What stands behind the last token. */
  end(): string
}

/** The same rich text with its tokens rewritten. */
export async function* rewrittenTokens(
  content: AsyncIterable<Buffer>,
  rewriter: TokenRewriter,
): AsyncIterable<Buffer> {
  const tokens = new RichTextTokens()
  const rewritten = (chunk?: Buffer) => {
    let text = ''
    for (const token of tokens.of(chunk)) text += rewriter.read(token, tokens.isRaw)
    return Buffer.from(text, 'latin1')
  }
  for await (const chunk of content) yield rewritten(chunk)
  yield rewritten()
  yield Buffer.from(rewriter.end(), 'latin1')
}

/** Undefined where it may continue in the next piece. */
function tokenAt(text: string, at: number, isLast: boolean): string | undefined {
  if (!isLast && text[at] === '\\' && text.length - at < LONGEST) return undefined
  TOKEN.lastIndex = at
  return TOKEN.exec(text)?.[0] ?? text.slice(at)
}

function rawBytesBehind(token: string): number {
  return Number(/^\\bin(\d+)/.exec(token)?.[1] ?? 0)
}
