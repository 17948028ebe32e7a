import { isConditional, nameOf, Tokens } from './tokens.ts'

/** Takes from a flat OpenDocument text the wish to be opened for reading only. */
export class EditableText {
  readonly #tokens = new Tokens()
  #isWish = false

  /** @throws RangeError */
  write(piece: string): string {
    return [...this.#tokens.of(piece)].map(token => this.#unlocked(token)).join('')
  }

  #unlocked(token: string): string {
    const wasWish = this.#isWish
    this.#isWish = nameOf(token) === 'config:config-item' && token.includes('"LoadReadonly"')
    if (isConditional(token)) return ''
    return wasWish ? token.replace('true', 'false') : token
  }
}
