/** Makes fields of a rich text (RTF) show their stored results where needed. */
import type { Field } from '#worker/package-copies/field-reader.ts'
import { type Verdict, verdictOf } from '#worker/package-copies/verdict.ts'
import { RichTextTokens, rewrittenTokens, type TokenRewriter } from '#worker/rich-text-tokens.ts'

/** More than any text has; further bookmarks count as unknown. */
const MOST_PLACES = 200_000
const LONGEST_NAME = 100
const LONGEST_INSTRUCTION = 512
/** A longer instruction stays unchanged. */
const LONGEST_MARKUP = 256 * 1024
/** LibreOffice shows the stored result of a QUOTE field. */
const SHOWN_AS_KEPT = '\\fldinst QUOTE '

/** The names of the bookmarks in a rich text that fields may refer to. */
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

/** The same rich text, with the stored results of the fields that LibreOffice would print differently. */
export function withKeptResults(
  content: AsyncIterable<Buffer>,
  places: ReadonlySet<string>,
  options: { writesFileDates: boolean },
): AsyncIterable<Buffer> {
  return rewrittenTokens(content, new Rewriter(places, options))
}

/** The instruction of a field while it is read. */
interface Instruction {
  markup: string
  words: string
  isComposed: boolean
  /** The depth of open groups. */
  depth: number
  /** From this depth on the text belongs to a nested field, or to a group that readers may ignore. */
  passedFrom: number
}

class Rewriter implements TokenRewriter {
  readonly #places: ReadonlySet<string>
  readonly #options: { writesFileDates: boolean }
  #instruction: Instruction | undefined
  #isLocked = false

  constructor(places: ReadonlySet<string>, options: { writesFileDates: boolean }) {
    this.#places = places
    this.#options = options
  }

  read(token: string, isRaw: boolean): string {
    if (isRaw) return this.#pass(token)
    if (this.#instruction) return this.#readInstruction(token, this.#instruction)
    if (/^\\field\b/.test(token)) this.#isLocked = false
    if (/^\\fldlock\b/.test(token)) this.#isLocked = true
    if (!/^\\fldinst\b/.test(token)) return token
    this.#instruction = { markup: token, words: '', isComposed: false, depth: 0, passedFrom: Infinity }
    return ''
  }

  /** Bytes without text. */
  #pass(bytes: string): string {
    if (!this.#instruction) return bytes
    this.#instruction.markup += bytes
    return ''
  }

  /** The rest of an instruction that does not end. */
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
