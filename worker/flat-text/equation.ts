import { nameOf } from './tokens.ts'

const LEAF = /^(?:mi|mn|mo|mtext|ms)$/
/** They stand for a function that is called, a product or a list, and are not to be seen. */
const UNSEEN = /[\u2061-\u2064]/g
const SIMPLE = /^(?:[\p{L}\p{N}.,]*|&\w+;|.)$/u

interface Element {
  name: string
  /** What each of its children says. */
  parts: string[]
  /** Its own letters. */
  letters: string
}

/** Reads one equation of MathML, token by token, and says it in one line: `a^2`, `x_1`, `(a+b)/c`, `√2`. */
export class EquationReader {
  readonly #open: Element[] = [{ name: '', parts: [], letters: '' }]

  /** As XML has it, with its entities. */
  get words(): string {
    return this.#open[0]?.parts.join('') ?? ''
  }

  read(token: string): void {
    const name = nameOf(token).replace(/^(\/?)\w+:/, '$1')
    const innermost = this.#open.at(-1)
    if (name === '') {
      if (innermost) innermost.letters += token
    } else if (token.endsWith('/>')) innermost?.parts.push('')
    else if (!name.startsWith('/')) this.#open.push({ name, parts: [], letters: '' })
    else if (this.#open.length > 1) this.#close()
  }

  #close(): void {
    const element = this.#open.pop()
    if (element) this.#open.at(-1)?.parts.push(said(element))
  }
}

function said({ name, parts, letters }: Element): string {
  if (LEAF.test(name)) return letters.trim().replace(UNSEEN, '')
  const [first = '', second = '', third = ''] = parts
  if (name === 'semantics') return first
  if (name === 'annotation' || name === 'mphantom') return ''
  if (name === 'mfrac') return `${grouped(first)}/${grouped(second)}`
  if (name === 'msqrt') return `√${grouped(parts.join(''))}`
  if (name === 'mroot') return `${grouped(second)}√${grouped(first)}`
  if (name === 'msub' || name === 'munder') return `${first}_${grouped(second)}`
  if (name === 'msup' || name === 'mover') return `${first}^${grouped(second)}`
  if (name === 'msubsup' || name === 'munderover') return `${first}_${grouped(second)}^${grouped(third)}`
  if (name === 'mtable') return parts.join('; ')
  return parts.join(name === 'mtr' ? ', ' : '')
}

function grouped(part: string): string {
  return SIMPLE.test(part) ? part : `(${part})`
}
