/**
 * Moves text outside the body of a flat OpenDocument text, as LibreOffice writes it, into the body: text of boxes,
 * shapes, notes, equations and form controls. LibreOffice omits it from a plain text.
 */
import { mathReader } from '#worker/equations/mathml.ts'
import type { EquationReader } from '#worker/equations/reader.ts'
import { FieldMark, FormControls } from './form-controls.ts'
import { attribute, elementName, isConditional, isEmptyElement, Tokens } from './tokens.ts'

const PARAGRAPH = /^text:[ph]$/
const OBJECT = /^draw:(?:object|object-ole|applet|plugin|floating-frame)$/
/** Elements whose text does not belong to the document. */
const DROPPED = /^(?:draw:image|office:annotation)$/
/** Fields about pages and notes, which are different in the copy; and the parts of ruby text. */
const UNWRAPPED =
  /^\/?text:(?:note-ref|bookmark-ref|reference-ref|sequence-ref|page-number|page-count|page-variable-get|chapter|ruby|ruby-base)$/
const BLOCK = /^\/?(?:text|table):/
/** More text than the notes of any document have. */
const MOST_CHARACTERS_OF_NOTES = 64 * 1024 * 1024

interface Paragraph {
  kind: 'paragraph'
  written: string[]
  /** The paragraphs and tables of the boxes in it. */
  boxes: string[]
  /** Only the mark of a note has come so far. */
  isAtMark: boolean
}

interface Note {
  kind: 'note'
  isEndnote: boolean
  mark: string
  isMarked: boolean
  written: string[]
}

type Place = Paragraph | Note | { kind: 'drawing' }

/** An element that is read completely before anything is written. */
interface Taken {
  name: string
  depth: number
  read?(token: string, name: string): void
  end?(): void
}

export class WordsBesideMover {
  /** The number of texts moved into the body. */
  count = 0
  /** Charts and documents of other programs, whose text is not available. */
  objects = 0
  readonly #tokens = new Tokens()
  readonly #places: Place[] = []
  readonly #forms = new FormControls()
  readonly #notes: Record<'footnotes' | 'endnotes', string[]> = { footnotes: [], endnotes: [] }
  #charactersOfNotes = 0
  #isInText = false
  #written: string[] = []
  #taken: Taken | undefined

  /** @throws RangeError */
  write(piece: string): string {
    for (const token of this.#tokens.of(piece)) this.#read(token, elementName(token))
    const written = this.#written.join('')
    this.#written = []
    return written
  }

  #read(token: string, name: string): void {
    if (this.#taken) this.#take(token, name, this.#taken)
    else if (!this.#isInText) this.#readAround(token, name)
    else if (name === '/office:text') this.#endText(token)
    else if (!this.#readTaken(token, name)) this.#readText(token, name)
  }

  #readAround(token: string, name: string): void {
    this.#isInText = name === 'office:text' && !isEmptyElement(token)
    this.#written.push(token)
  }

  #readTaken(token: string, name: string): boolean {
    const taken = this.#takenFor(token, name)
    if (!taken) return false
    if (isEmptyElement(token)) taken.end?.()
    else this.#taken = { name, depth: 1, ...taken }
    return true
  }

  #takenFor(token: string, name: string): Pick<Taken, 'read' | 'end'> | undefined {
    if (DROPPED.test(name)) return {}
    if (OBJECT.test(name)) return this.#object()
    if (name === 'office:forms') return { read: (tag, inner) => this.#forms.read(tag, inner) }
    if (name === 'text:note-citation') return this.#citation()
    if (name !== 'field:fieldmark') return undefined
    const mark = new FieldMark(token)
    return { read: tag => mark.read(tag), end: () => this.#say(mark.shown) }
  }

  #take(token: string, name: string, taken: Taken): void {
    if (name === taken.name && !isEmptyElement(token)) taken.depth++
    const isOver = name === `/${taken.name}` && --taken.depth === 0
    if (isOver) {
      this.#taken = undefined
      taken.end?.()
    } else taken.read?.(token, name)
  }

  #object(): Pick<Taken, 'read' | 'end'> {
    let equation: EquationReader | undefined
    let isOther = false
    return {
      read: (token, name) => {
        if (!isOther && !equation && /^(?:math:)?math$/.test(name)) equation = mathReader()
        if (name !== '' && !equation) isOther = true
        equation?.read(token)
      },
      end: () => {
        if (equation) this.#say(equation.words)
        else this.objects++
      },
    }
  }

  #citation(): Pick<Taken, 'read' | 'end'> {
    const note = this.#places.at(-1)
    let mark = ''
    return {
      read: (token, name) => {
        if (name === '') mark += token
      },
      end: () => {
        if (note?.kind !== 'note') return
        note.mark = `[${mark.trim()}]`
        this.#paragraphAround()?.written.push(note.mark)
      },
    }
  }

  #readText(token: string, name: string): void {
    const place = this.#places.at(-1)
    if (name === 'draw:control') this.#sayControl(this.#forms.shown(attribute(token, 'draw:control') ?? ''))
    if (name.startsWith('draw:')) this.#open({ kind: 'drawing' }, token)
    else if (name.startsWith('/draw:')) this.#close('drawing')
    else if (name === 'text:note') this.#openNote(token)
    else if (name === '/text:note') this.#closeNote()
    else if (PARAGRAPH.test(name)) this.#openParagraph(token, name)
    else if (PARAGRAPH.test(name.slice(1))) this.#closeParagraph(token)
    else if (name === 'text:ruby-text' || name === '/text:ruby-text')
      this.#emit(name === 'text:ruby-text' ? '(' : ')')
    else if (UNWRAPPED.test(name) || name.endsWith('text:note-body') || isConditional(token)) return
    else if (place?.kind === 'paragraph') this.#emitWithin(token, name, place)
    else if (!place || BLOCK.test(name)) this.#emit(token)
  }

  #open(place: Place, tag: string): void {
    if (!isEmptyElement(tag)) this.#places.push(place)
  }

  #close(kind: Place['kind']): Place | undefined {
    return this.#places.at(-1)?.kind === kind ? this.#places.pop() : undefined
  }

  #openNote(tag: string): void {
    const isEndnote = attribute(tag, 'text:note-class') === 'endnote'
    this.#open({ kind: 'note', isEndnote, mark: '', isMarked: false, written: [] }, tag)
  }

  #closeNote(): void {
    const note = this.#close('note')
    if (note?.kind !== 'note') return
    const written = note.written.join('')
    this.#charactersOfNotes += written.length
    if (this.#charactersOfNotes > MOST_CHARACTERS_OF_NOTES) throw new RangeError('the notes are too long')
    this.#notes[note.isEndnote ? 'endnotes' : 'footnotes'].push(written)
    this.count++
  }

  #openParagraph(tag: string, name: string): void {
    const place = this.#places.at(-1)
    // Most shapes have an empty one.
    if (isEmptyElement(tag) && place?.kind === 'drawing') return
    const mark = place?.kind === 'note' && !place.isMarked ? place.mark : ''
    if (place?.kind === 'note') place.isMarked = true
    if (!isEmptyElement(tag)) {
      const written = mark ? [tag, `${mark} `] : [tag]
      this.#places.push({ kind: 'paragraph', written, boxes: [], isAtMark: mark !== '' })
    } else this.#emit(mark ? `${tag.slice(0, -2)}>${mark}</${name}>` : tag)
  }

  #closeParagraph(tag: string): void {
    const paragraph = this.#close('paragraph')
    if (paragraph?.kind !== 'paragraph') return
    if (this.#places.at(-1)?.kind === 'drawing') this.count++
    this.#emit(`${paragraph.written.join('')}${tag}${paragraph.boxes.join('')}`)
  }

  #emitWithin(token: string, name: string, paragraph: Paragraph): void {
    const isSpace = name === 'text:s' || name === 'text:tab'
    if (name === '' || isSpace) {
      const text = isSpace && paragraph.isAtMark ? '' : token
      paragraph.written.push(paragraph.isAtMark ? text.trimStart() : text)
      if (text.trim() !== '') paragraph.isAtMark = false
    } else paragraph.written.push(token)
  }

  #emit(token: string): void {
    const place = this.#places.at(-1)
    if (place?.kind === 'paragraph' || place?.kind === 'note') place.written.push(token)
    else if (place) this.#aroundDrawings().push(token)
    else this.#written.push(token)
  }

  /** Where the text of a box goes: after the paragraph that contains it, or to its own place outside paragraphs. */
  #aroundDrawings(): string[] {
    const place = this.#places.findLast(({ kind }) => kind !== 'drawing')
    if (place?.kind === 'paragraph') return place.boxes
    return place?.kind === 'note' ? place.written : this.#written
  }

  #paragraphAround(): Paragraph | undefined {
    const isParagraph = (place: Place) => place.kind === 'paragraph'
    return this.#places.findLast(isParagraph)
  }

  /** Controls are separate boxes on the page, although nothing may stand between two. */
  #sayControl(words: string): void {
    const before = this.#paragraphAround()?.written ?? []
    const isApart = before.length < 2 || /(?:\s|<text:s[^<>]*>)$/.test(before.at(-1) ?? '')
    this.#say(words === '' || isApart ? words : ` ${words}`)
  }

  /** Text of something inside a paragraph, or outside all. */
  #say(words: string): void {
    if (words === '') return
    this.count++
    const paragraph = this.#paragraphAround()
    if (paragraph) paragraph.written.push(words)
    else this.#emit(`<text:p>${words}</text:p>`)
  }

  #endText(token: string): void {
    const notes = [...this.#notes.footnotes, ...this.#notes.endnotes]
    if (notes.length > 0) this.#written.push('<text:p/>', ...notes)
    this.#written.push(token)
    this.#isInText = false
  }
}
