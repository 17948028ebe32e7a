/** Equations as XML has them, said in one line: `a^2`, `x_1`, `(a+b)/c`, `√2`. */
import { attribute, elementName, isEmptyElement } from '#worker/flat-text/tokens.ts'

const SIMPLE = /^(?:[\p{L}\p{N}.,]*|&\w+;|.)$/u

/** An element of an equation when all of it has been read. */
export interface EquationElement {
  /** Without its prefix. */
  name: string
  /** What each of its children says. */
  parts: string[]
  /** Its own letters, as XML has them. */
  letters: string
  /** The values of the elements in its properties, by their names. */
  properties: Map<string, string>
}

/** Reads one equation, token by token. */
export class EquationReader {
  readonly #open: EquationElement[] = [elementOf('')]
  readonly #say: (element: EquationElement) => string

  /** `say` tells what an element says, by what its children do. */
  constructor(say: (element: EquationElement) => string) {
    this.#say = say
  }

  /** As XML has it, with its entities. */
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

/** In parentheses where it would not be seen as one. */
export function grouped(part: string): string {
  return SIMPLE.test(part) ? part : `(${part})`
}

/** What stands low and high beside it. */
export function withScripts(base: string, { low = '', high = '' }: { low?: string; high?: string }): string {
  return base + (low && `_${grouped(low)}`) + (high && `^${grouped(high)}`)
}
