import { FieldReader } from './field-reader.ts'
import { attributeOf, eachToken, OddMarkup, type Token } from './markup-tokens.ts'
import { type Counted, type Reference, type Verdict, verdictOf } from './verdict.ts'

/** More than any document has; a document with more stays unchanged. */
const MOST = 200_000
const LONGEST_NAME = 100

/** The verdicts on the fields of a part, by number. */
export type Verdicts = ReadonlyMap<number, Verdict>

type Read = Verdict | Reference | Counted

interface Mark {
  name: string
  /** How many texts and paragraph ends came before it. */
  texts: number
  paragraphs: number
}

export interface SurveyOptions {
  /** LibreOffice must rewrite the fields with file times, for another language or time zone. */
  writesFileDates: boolean
}

/** Reads the parts of a Word document, and decides on their fields. */
export class FieldSurvey<Part> {
  readonly #parts = new Map<Part, Map<number, Read>>()
  /** Whether a bookmark has text that LibreOffice would print, by name. */
  readonly #places = new Map<string, boolean>()

  /** Sequences with a number that LibreOffice does not understand. */
  readonly #odd = new Set<string>()

  readonly #options: SurveyOptions

  constructor(options: SurveyOptions = { writesFileDates: false }) {
    this.#options = options
  }

  async read(part: Part, chunks: AsyncIterable<Buffer>): Promise<void> {
    const found = new Map<number, Read>()
    const fields = new FieldReader()
    const marks = new Marks(this.#places)
    await eachToken(chunks, token => {
      const seen = fields.read(token)
      const verdict = seen?.event === 'end' ? verdictOf(seen.field, this.#options) : undefined
      if (seen && verdict) found.set(seen.field.number, verdict)
      if (isOdd(verdict)) this.#odd.add(verdict.sequence)
      marks.read(token)
      if (found.size > MOST || this.#places.size > MOST) throw new OddMarkup('too many fields')
    })
    this.#parts.set(part, found)
  }

  /** The parts that must be rewritten, after all have been read. */
  changes(): Map<Part, Verdicts> {
    const changes = new Map<Part, Verdicts>()
    for (const [part, found] of this.#parts) {
      const verdicts = new Map<number, Verdict>()
      for (const [number, read] of found) {
        const verdict = this.#verdictOn(read)
        if (verdict) verdicts.set(number, verdict)
      }
      if (verdicts.size > 0) changes.set(part, verdicts)
    }
    return changes
  }

  #verdictOn(read: Read): Verdict | undefined {
    if (typeof read === 'string') return read
    if ('sequence' in read) return this.#odd.has(read.sequence) ? read.verdict : undefined
    const hasText = this.#places.get(read.place)
    const isFound = read.showsText ? hasText === true : hasText !== undefined
    return isFound ? undefined : 'kept'
  }
}

function isOdd(read: Read | undefined): read is Counted {
  return typeof read === 'object' && 'sequence' in read && !read.isUnderstood
}

/** Finds bookmarks. LibreOffice prints only the first paragraph of a longer one. */
class Marks {
  readonly #places: Map<string, boolean>
  readonly #open = new Map<string, Mark>()
  #texts = 0
  #paragraphs = 0

  constructor(places: Map<string, boolean>) {
    this.#places = places
  }

  read({ kind, name, text }: Token): void {
    if (name === 't' && kind === 'open') this.#texts++
    else if (name === 'p' && kind === 'close') this.#paragraphs++
    else if (name === 'bookmarkStart' && kind !== 'close') this.#begin(text)
    else if (name === 'bookmarkEnd' && kind !== 'close') this.#end(attributeOf(text, 'id') ?? '')
  }

  #begin(tag: string): void {
    const name = (attributeOf(tag, 'name') ?? '').slice(0, LONGEST_NAME)
    this.#places.set(name, false)
    if (this.#open.size > MOST) throw new OddMarkup('too many bookmarks')
    const mark = { name, texts: this.#texts, paragraphs: this.#paragraphs }
    this.#open.set((attributeOf(tag, 'id') ?? '').slice(0, LONGEST_NAME), mark)
  }

  #end(id: string): void {
    const mark = this.#open.get(id)
    this.#open.delete(id)
    if (mark && mark.texts < this.#texts && mark.paragraphs === this.#paragraphs)
      this.#places.set(mark.name, true)
  }
}
