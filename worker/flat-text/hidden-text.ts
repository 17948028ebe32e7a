/** Removes or shows the hidden text of a flat OpenDocument text as LibreOffice writes it. */
import { HidingStyles } from './hiding-styles.ts'
import { attribute, elementName, isConditional, isEmptyElement, Tokens, withoutAttributes } from './tokens.ts'

const PARAGRAPHS = ['text:p', 'text:h']
/** Elements that only surround text. */
const AROUND = ['text:span', 'text:a']
/** Position marks, which may begin in hidden text and end outside. */
const MARKS = /^\/?text:(?:bookmark|reference-mark|change|soft-page-break|alphabetical-index-mark|toc-mark)/

/** A paragraph, or a part of one, while it is read. */
interface Frame {
  name: string
  isHidden: boolean
}

interface Paragraph {
  written: string[]
  /** The open elements, innermost last. */
  frames: Frame[]
  /** Hidden as a whole by a field. */
  isHidden: boolean
  keeps: boolean
  loses: boolean
  /** Whether the last text was hidden: text directly after it belongs to the same stretch. */
  isLosing: boolean
}

/** Removes hidden text and counts it. */
export class HiddenTextRemover {
  /** Stretches of hidden text, hidden paragraphs and hidden sections so far. */
  count = 0
  readonly #tokens = new Tokens()
  readonly #documents = [new HidingStyles()]
  readonly #paragraphs: Paragraph[] = []
  readonly #keepsHidingStyles: boolean
  #written: string[] = []
  /** The element that is removed with its content, and the nesting depth of elements with its name. */
  #skipped: { name: string; depth: number } | undefined

  /** With `keepsHidingStyles`, text hidden by a style stays, for formats with such styles but without sections. */
  constructor({ keepsHidingStyles = false } = {}) {
    this.#keepsHidingStyles = keepsHidingStyles
  }

  /** @throws RangeError */
  write(piece: string): string {
    for (const token of this.#tokens.of(piece)) this.#read(token, elementName(token))
    const written = this.#written.join('')
    this.#written = []
    return written
  }

  get #styles(): HidingStyles {
    return this.#documents.at(-1) as HidingStyles
  }

  get #paragraph(): Paragraph | undefined {
    return this.#paragraphs.at(-1)
  }

  get #isHidden(): boolean {
    return this.#paragraph?.frames.at(-1)?.isHidden ?? false
  }

  #read(token: string, name: string): void {
    const paragraph = this.#paragraph
    this.#noteStyles(token, name)
    if (this.#skipped) this.#skip(token, name, this.#skipped)
    else if (name === 'text:section' && isSectionHidden(token)) this.#leaveOut(token, name)
    else if (PARAGRAPHS.includes(name) && !isEmptyElement(token)) this.#beginParagraph(token, name)
    else if (!paragraph) this.#emit(token)
    else if (name === `/${paragraph.frames[0]?.name}`) this.#endParagraph(token, paragraph)
    else this.#readWithin(token, name, paragraph)
  }

  #readWithin(token: string, name: string, paragraph: Paragraph): void {
    if (name === 'text:hidden-paragraph') paragraph.isHidden ||= attribute(token, 'text:is-hidden') === 'true'
    if (isConditional(token)) this.#readConditional(token)
    else if (AROUND.includes(name) || AROUND.includes(name.slice(1))) this.#surround(token, name, paragraph)
    else if (MARKS.test(name)) this.#emit(token)
    else if (this.#isHidden) this.#lose(token, name, paragraph)
    else this.#keep(token, name, paragraph)
  }

  #hides(family: 'paragraph' | 'text', tag: string): boolean | undefined {
    return this.#keepsHidingStyles ? undefined : this.#styles.hides(family, tag)
  }

  #noteStyles(token: string, name: string): void {
    if (name === 'office:document') this.#documents.push(new HidingStyles())
    else if (name === '/office:document') this.#documents.pop()
    else if (name === 'style:style') this.#styles.define(token)
    else if (name === '/style:style') this.#styles.end()
    else if (name === 'style:text-properties') this.#styles.describe(token)
  }

  #skip(token: string, name: string, skipped: { name: string; depth: number }): void {
    if (name === skipped.name && !isEmptyElement(token)) skipped.depth++
    if (name === `/${skipped.name}` && --skipped.depth === 0) this.#skipped = undefined
  }

  #leaveOut(token: string, name: string): void {
    this.count++
    if (!isEmptyElement(token)) this.#skipped = { name, depth: 1 }
  }

  #beginParagraph(token: string, name: string): void {
    const isHidden = this.#hides('paragraph', token) ?? false
    this.#paragraphs.push({
      written: [token],
      frames: [{ name, isHidden }],
      isHidden: false,
      keeps: false,
      loses: false,
      isLosing: false,
    })
  }

  #endParagraph(token: string, { written, isHidden, keeps, loses }: Paragraph): void {
    this.#paragraphs.pop()
    if (isHidden && (keeps || loses)) this.count++
    // A paragraph whose whole text is hidden is removed.
    if (!isHidden && (keeps || !loses)) this.#emit(`${written.join('')}${token}`)
  }

  #surround(token: string, name: string, { frames }: Paragraph): void {
    this.#emit(token)
    if (name.startsWith('/')) frames.splice(Math.max(1, frames.length - 1))
    else if (!isEmptyElement(token)) {
      const own = name === 'text:span' ? this.#hides('text', token) : undefined
      frames.push({ name, isHidden: own ?? this.#isHidden })
    }
  }

  /** Its content is what is shown, and stays as plain text. */
  #readConditional(tag: string): void {
    if (isEmptyElement(tag) && attribute(tag, 'text:string-value')) this.count++
  }

  #lose(token: string, name: string, paragraph: Paragraph): void {
    if (!paragraph.isLosing) this.count++
    paragraph.isLosing = true
    paragraph.loses = true
    if (name !== '' && !isEmptyElement(token)) this.#skipped = { name, depth: 1 }
  }

  #keep(token: string, name: string, paragraph: Paragraph): void {
    paragraph.isLosing = false
    if (name !== 'text:hidden-paragraph') paragraph.keeps = true
    this.#emit(token)
  }

  #emit(token: string): void {
    const { written } = this.#paragraph ?? { written: this.#written }
    written.push(token)
  }
}

/** Shows hidden text by removing what hides it. */
export class HiddenTextShower {
  readonly #tokens = new Tokens()
  #isReplaced = false

  /** @throws RangeError */
  write(piece: string): string {
    return [...this.#tokens.of(piece)].map(token => this.#shown(token, elementName(token))).join('')
  }

  #shown(token: string, name: string): string {
    if (name === 'style:text-properties') return withoutAttributes(token, ['text:display'])
    if (name === 'text:section')
      return withoutAttributes(token, ['text:display', 'text:condition', 'text:is-hidden'])
    if (name === 'text:hidden-paragraph' || name === '/text:hidden-paragraph') return ''
    if (isConditional(token)) {
      this.#isReplaced = name === 'text:hidden-text' && !isEmptyElement(token)
      return attribute(token, 'text:string-value') ?? ''
    }
    return this.#isReplaced ? '' : token
  }
}

function isSectionHidden(tag: string): boolean {
  const display = attribute(tag, 'text:display')
  return display === 'none' || (display === 'condition' && attribute(tag, 'text:is-hidden') === 'true')
}
