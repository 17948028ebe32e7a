/**
 * Adds what LibreOffice omits from a web page: the chosen entry of a Word list, ruby text, and as the alternative text
 * of their pictures the text of shapes, inline boxes and equations. A box anchored to a character would split a word,
 * so it is anchored to the paragraph.
 */
import { mathReader } from '#worker/equations/mathml.ts'
import type { EquationReader } from '#worker/equations/reader.ts'
import { FieldMark } from './form-controls.ts'
import { type Shape, ShapeReader } from './shape-words.ts'
import { attribute, isEmptyElement, withoutAttributes } from './tokens.ts'

/** Longer than any useful alternative text. */
const MOST_CHARACTERS = 2000
const AT_CHARACTER = ' text:anchor-type="char"'

export class WordsOfWebPage extends ShapeReader {
  /** The number of changes. */
  count = 0
  #list: FieldMark | undefined
  #equation: EquationReader | undefined
  #wordsOfEquation = ''
  readonly #names = new Map<string, number>()

  protected ended({ tag, written, text, hasWords }: Shape, endTag: string): string {
    const start = hasWords && this.shapes.length === 0 ? this.#named(tag, wordsOf(text)) : tag
    return [this.#atParagraph(start), ...written, endTag].join('')
  }

  protected isLikeShape(frame: string): boolean {
    return attribute(frame, 'text:anchor-type') === 'as-char'
  }

  protected other(token: string, name: string): string {
    if (this.#list) return this.#readList(token, name, this.#list)
    if (name === 'field:fieldmark' && attribute(token, 'field:type')?.endsWith('.FORMDROPDOWN'))
      return this.#openList(token)
    this.#readEquation(token, name)
    if (name === 'draw:frame') return this.#atParagraph(token)
    if (name === '/draw:frame') return this.#describedEquation() + token
    if (name === 'text:ruby-text') this.count++
    if (name === 'text:ruby-text' || name === '/text:ruby-text') return name.startsWith('/') ? ')' : '('
    return /^\/?text:ruby(?:-base)?$/.test(name) ? '' : token
  }

  #openList(tag: string): string {
    if (isEmptyElement(tag)) return tag
    this.#list = new FieldMark(tag)
    return ''
  }

  #readList(token: string, name: string, list: FieldMark): string {
    list.read(token)
    if (name !== '/field:fieldmark') return ''
    this.#list = undefined
    this.count++
    return list.shown
  }

  #readEquation(token: string, name: string): void {
    if (!this.#equation && /^(?:math:)?math$/.test(name)) this.#equation = mathReader()
    this.#equation?.read(token)
    if (!this.#equation || !/^\/(?:math:)?math$/.test(name)) return
    this.#wordsOfEquation = this.#equation.words
    this.#equation = undefined
  }

  #describedEquation(): string {
    const words = this.#wordsOfEquation
    this.#wordsOfEquation = ''
    if (words === '') return ''
    this.count++
    return `<svg:title>${words}</svg:title>`
  }

  /** LibreOffice uses the names of shapes as alternative texts of their pictures; an existing one is changed. */
  #named(tag: string, words: string): string {
    this.count++
    const times = (this.#names.get(words) ?? 0) + 1
    this.#names.set(words, times)
    const name = times === 1 ? words : `${words} (${times})`
    return withoutAttributes(tag, ['draw:name']).replace(/^<[\w:-]+/, start => `${start} draw:name="${name}"`)
  }

  #atParagraph(tag: string): string {
    if (!tag.includes(AT_CHARACTER)) return tag
    this.count++
    return tag.replace(AT_CHARACTER, ' text:anchor-type="paragraph"')
  }
}

function wordsOf(written: readonly string[]): string {
  const text = written.join('').replace(/<[^>]*>/g, ' ')
  const words = text.replaceAll('"', '&quot;').replace(/\s+/g, ' ').trim()
  // An entity must not be cut.
  return words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS).replace(/\S*$/, '')}…` : words
}
