import { attribute, elementName, isConditional, Tokens } from './tokens.ts'

const ITEM = 'config:config-item'
const TAKEN = ['LoadReadonly', 'PrintAnnotationMode']

/** Removes the settings of a flat OpenDocument text for editing and for printing comments. */
export class SettingsRemover {
  readonly #tokens = new Tokens()
  #isTaken = false

  /** @throws RangeError */
  write(piece: string): string {
    return [...this.#tokens.of(piece)].map(token => this.#left(token, elementName(token))).join('')
  }

  #left(token: string, name: string): string {
    if (name === ITEM && TAKEN.includes(attribute(token, 'config:name') ?? '')) this.#isTaken = true
    if (!this.#isTaken) return isConditional(token) ? '' : token
    if (name === `/${ITEM}`) this.#isTaken = false
    return ''
  }
}
