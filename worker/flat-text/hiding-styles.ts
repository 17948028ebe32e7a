import { attribute } from './tokens.ts'

/** The longest chain of inherited styles. */
const DEEPEST = 32

interface Style {
  parent: string | undefined
  /** Undefined where the style does not set it. */
  hides: boolean | undefined
}

/** The styles of a document that hide their text. */
export class HidingStyles {
  readonly #styles = new Map<string, Style>()
  #defined: Style | undefined

  /** A `style:style` begins. */
  define(tag: string): void {
    const family = attribute(tag, 'style:family') ?? ''
    const parent = attribute(tag, 'style:parent-style-name')
    this.#defined = { parent: parent && keyOf(family, parent), hides: undefined }
    this.#styles.set(keyOf(family, attribute(tag, 'style:name') ?? ''), this.#defined)
  }

  /** The following properties belong to no named style. */
  end(): void {
    this.#defined = undefined
  }

  /** Its `style:text-properties`. */
  describe(tag: string): void {
    const display = attribute(tag, 'text:display')
    if (this.#defined && display !== undefined) this.#defined.hides = display === 'none'
  }

  /** Whether text with this style is hidden; undefined where it follows its surroundings. */
  hides(family: 'paragraph' | 'text', tag: string): boolean | undefined {
    let key: string | undefined = keyOf(family, attribute(tag, 'text:style-name') ?? '')
    for (let depth = 0; key !== undefined && depth < DEEPEST; depth++) {
      const style: Style | undefined = this.#styles.get(key)
      if (style?.hides !== undefined) return style.hides
      key = style?.parent
    }
    return undefined
  }
}

const keyOf = (family: string, name: string) => `${family}\n${name}`
