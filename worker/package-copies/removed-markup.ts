import type { Token } from './markup-tokens.ts'

interface Opened {
  name: string
  /** Its tag, and the properties element at its start. */
  text: string
}

/** A removed stretch of markup; a tag without its counterpart in the stretch stays. */
export class RemovedMarkup {
  readonly #closed: string[] = []
  readonly #closedNames: string[] = []
  readonly #opened: Opened[] = []
  /** The depth within the properties of an open element. */
  #properties = 0

  add({ kind, name, text }: Token): void {
    if (this.#properties > 0 || (name.endsWith('Pr') && kind !== 'close')) this.#keepProperties(kind, text)
    else if (kind === 'open') this.#opened.push({ name, text })
    else if (kind === 'close' && !this.#opened.pop()) {
      this.#closed.push(text)
      this.#closedNames.push(name)
    }
  }

  /** Properties belong to the last opened element. */
  #keepProperties(kind: Token['kind'], text: string): void {
    const owner = this.#opened.at(-1)
    if (owner) owner.text += text
    if (kind === 'open') this.#properties++
    if (kind === 'close') this.#properties--
  }

  /** What stays; empty paragraphs are merged into one. */
  rest(): string {
    let same = 0
    while (this.#joins(same)) same++
    const closed = this.#closed.slice(0, this.#closed.length - same)
    return (
      closed.join('') +
      this.#opened
        .slice(same)
        .map(({ text }) => text)
        .join('')
    )
  }

  #joins(index: number): boolean {
    const name = this.#closedNames.at(-1 - index)
    return name !== undefined && name !== 'r' && name === this.#opened[index]?.name
  }
}
