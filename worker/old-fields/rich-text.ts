/** Fields of a rich text (RTF), of which some are to show what was kept of them. */
import type { Field } from '#worker/package-copies/field-reader.ts'
import { type Verdict, verdictOf } from '#worker/package-copies/verdict.ts'
import { RichTextTokens } from './rich-text-tokens.ts'

/** More than any text has; further places count as unknown. */
const MOST_PLACES = 200_000
const LONGEST_NAME = 100
const LONGEST_INSTRUCTION = 512
/** What is longer is left as it is. */
const LONGEST_MARKUP = 256 * 1024
/** LibreOffice shows what was kept of a field that quotes. */
const SHOWN_AS_KEPT = '\\fldinst QUOTE '

/** The names of the places in a rich text that fields may refer to. */
export async function placesIn(content: AsyncIterable<Buffer>): Promise<ReadonlySet<string>> {
  const places = new Set<string>()
  const tokens = new RichTextTokens()
  let name: string | undefined
  for await (const chunk of content)
    for (const token of tokens.of(chunk)) {
      if (tokens.isRaw) continue
      if (token.startsWith('\\bkmkstart')) name = ''
      else if (name !== undefined && token === '}') {
        if (places.size < MOST_PLACES) places.add(name.trim())
        name = undefined
      } else if (name !== undefined) name = (name + lettersOf(token)).slice(0, LONGEST_NAME)
    }
  return places
}

/** The same rich text, in which LibreOffice prints of those fields what was kept that it would not print so. */
export async function* withKeptResults(
  content: AsyncIterable<Buffer>,
  places: ReadonlySet<string>,
  options: { writesFileDates: boolean },
): AsyncIterable<Buffer> {
  const tokens = new RichTextTokens()
  const rewriter = new Rewriter(places, options)
  const rewritten = (chunk?: Buffer) => {
    let text = ''
    for (const token of tokens.of(chunk)) text += tokens.isRaw ? rewriter.pass(token) : rewriter.read(token)
    return Buffer.from(text, 'latin1')
  }
  for await (const chunk of content) yield rewritten(chunk)
  yield rewritten()
  yield Buffer.from(rewriter.end(), 'latin1')
}

/** The instruction of a field while it is read. */
interface Instruction {
  markup: string
  words: string
  isComposed: boolean
  /** How deep in groups the place is. */
  depth: number
  /** From which depth on the words are of something else: of a field in it, or of what its readers may pass over. */
  passedFrom: number
}

class Rewriter {
  readonly #places: ReadonlySet<string>
  readonly #options: { writesFileDates: boolean }
  #instruction: Instruction | undefined
  #isLocked = false

  constructor(places: ReadonlySet<string>, options: { writesFileDates: boolean }) {
    this.#places = places
    this.#options = options
  }

  read(token: string): string {
    if (this.#instruction) return this.#readInstruction(token, this.#instruction)
    if (/^\\field\b/.test(token)) this.#isLocked = false
    if (/^\\fldlock\b/.test(token)) this.#isLocked = true
    if (!/^\\fldinst\b/.test(token)) return token
    this.#instruction = { markup: token, words: '', isComposed: false, depth: 0, passedFrom: Infinity }
    return ''
  }

  /** Bytes that say nothing. */
  pass(bytes: string): string {
    if (!this.#instruction) return bytes
    this.#instruction.markup += bytes
    return ''
  }

  /** What is left of an instruction that does not end. */
  end(): string {
    return this.#instruction?.markup ?? ''
  }

  #readInstruction(token: string, instruction: Instruction): string {
    if (token === '}' && instruction.depth === 0) return this.#endInstruction(instruction) + token
    instruction.markup += token
    if (token === '{') instruction.depth++
    else if (token === '}') {
      instruction.depth--
      if (instruction.depth < instruction.passedFrom) instruction.passedFrom = Infinity
    } else if (instruction.depth < instruction.passedFrom) this.#readWords(token, instruction)
    if (instruction.markup.length <= LONGEST_MARKUP) return ''
    this.#instruction = undefined
    return instruction.markup
  }

  #readWords(token: string, instruction: Instruction): void {
    const isField = /^\\field\b/.test(token)
    if (isField) instruction.isComposed = true
    if (isField || token === '\\*') instruction.passedFrom = instruction.depth
    else instruction.words = (instruction.words + lettersOf(token)).slice(0, LONGEST_INSTRUCTION)
  }

  #endInstruction({ markup, words, isComposed }: Instruction): string {
    this.#instruction = undefined
    return this.#verdictOn(words, isComposed) === 'kept' ? SHOWN_AS_KEPT : markup
  }

  #verdictOn(instruction: string, isComposed: boolean): Verdict | undefined {
    const field: Field = {
      ...{ number: 0, within: undefined, part: 'result', isElement: false },
      ...{ instruction, isComposed, isLocked: this.#isLocked, hasResult: true },
    }
    const verdict = verdictOf(field, this.#options)
    if (verdict === undefined || typeof verdict === 'string') return verdict
    if ('place' in verdict) return this.#places.has(verdict.place) ? undefined : 'kept'
    return verdict.isUnderstood ? undefined : verdict.verdict
  }
}

function lettersOf(token: string): string {
  if (token === '\\\\') return '\\'
  if (token.startsWith("\\'")) return String.fromCharCode(Number.parseInt(token.slice(2), 16))
  return /^[\\{}]/.test(token) ? '' : token.replace(/[\r\n]/g, '')
}
