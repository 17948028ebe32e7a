/** Converts XML equations to one line of text: `a^2`, `x_1`, `(a+b)/c`, `√2`. */
import { attribute, elementName, isEmptyElement } from '#worker/flat-text/tokens.ts'

const SIMPLE = /^(?:[\p{L}\p{N}.,]*|&\w+;|.)$/u

/** An element of an equation, completely read. */
export interface EquationElement {
  /** Without its namespace prefix. */
  name: string
  /** The texts of its children. */
  parts: string[]
  /** Its own characters, as in the XML. */
  letters: string
  /** The values of the elements in its properties, by name. */
  properties: Map<string, string>
}

/** Reads one equation, token by token. */
export class EquationReader {
  readonly #open: EquationElement[] = [elementOf('')]
  readonly #say: (element: EquationElement) => string

  /** `say` returns the text of an element from the texts of its children. */
  constructor(say: (element: EquationElement) => string) {
    this.#say = say
  }

  /** As in the XML, with entities. */
  get words(): string {
    return this.#open[0]?.parts.join('') ?? ''
  }

  read(token: string): void {
    const name = elementName(token).replace(/^(\/?)\w+:/, '$1')
    const innermost = this.#open.at(-1)
    if (name === '') {
      if (innermost) innermost.letters += token
    } else if (isEmptyElement(token)) this.#readEmpty(token, name)
    else if (!name.startsWith('/')) this.#open.push(elementOf(name))
    else if (this.#open.length > 1) this.#close()
  }

  #readEmpty(tag: string, name: string): void {
    const value = attribute(tag, 'm:val')
    if (value === undefined) this.#open.at(-1)?.parts.push('')
    else this.#open.at(-1)?.properties.set(name, value)
  }

  #close(): void {
    const element = this.#open.pop()
    const around = this.#open.at(-1)
    if (!element || !around) return
    if (!element.name.endsWith('Pr')) around.parts.push(this.#say(element))
    else for (const [name, value] of element.properties) around.properties.set(name, value)
  }
}

const elementOf = (name: string): EquationElement => ({
  name,
  parts: [],
  letters: '',
  properties: new Map(),
})

/** Adds parentheses where a group would not be recognizable. */
export function grouped(part: string): string {
  return SIMPLE.test(part) ? part : `(${part})`
}

/** Adds subscripts and superscripts. */
export function withScripts(base: string, { low = '', high = '' }: { low?: string; high?: string }): string {
  return base + (low && `_${grouped(low)}`) + (high && `^${grouped(high)}`)
}
