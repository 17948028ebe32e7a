/**
 * Word fields. LibreOffice prints nothing for some, or calculates what it does not know, although the document stores
 * what Word last showed.
 */

import { type Field, type FieldEvent, FieldReader } from './field-reader.ts'
import { FieldSurvey, type SurveyOptions, type Verdicts } from './field-survey.ts'
import { rewritten, type Token } from './markup-tokens.ts'
import type { Package, PartChange } from './package.ts'
import { RemovedMarkup } from './removed-markup.ts'
import type { Verdict } from './verdict.ts'

/** The part before the text of a button, and its formatting switch. */
const BEFORE_WORDS = /^\s*MACROBUTTON\s+\S+\s(?:\s*\\\*\s*(?:MERGEFORMAT|CHARFORMAT)\b\s?)?(?!\s*(?:\\|$))/i

/** The parts that may contain fields. */
const MAY_HOLD_FIELDS = /^word\/(?:document|header|footer|footnotes|endnotes|comments)\w*\.xml$/i

/** The changes that make the fields of a Word document show their stored results. */
export async function fieldChanges(
  { names, read }: Package,
  options: SurveyOptions,
): Promise<Map<string, PartChange>> {
  const survey = new FieldSurvey<string>(options)
  for (const name of names(MAY_HOLD_FIELDS)) await survey.read(name, read(name))
  return new Map(
    [...survey.changes()].map(([name, verdicts]) => [name, content => rewriteFields(content, verdicts)]),
  )
}

/** A part of a Word document with changed fields. @throws OddMarkup */
export function rewriteFields(content: AsyncIterable<Buffer>, verdicts: Verdicts): AsyncIterable<Buffer> {
  const rewriter = new Rewriter(verdicts)
  return rewritten(content, token => rewriter.read(token))
}

/** The event that ends the first removed stretch. */
const LAST = { kept: 'separate', hidden: 'end' } as const

interface Dropping {
  dropped: RemovedMarkup
  field: Field
  /** The event on the field that ends it. */
  until: FieldEvent
  /** Only the end of its last element is missing. */
  isLast: boolean
}

class Rewriter {
  readonly #verdicts: Verdicts
  readonly #fields = new FieldReader()
  readonly #became = new WeakMap<Field, Verdict>()
  #dropping: Dropping | undefined
  /** The beginning of a button's text, until the part before its text is complete. */
  readonly #before = new WeakMap<Field, string>()
  #isInstruction = false

  constructor(verdicts: Verdicts) {
    this.#verdicts = verdicts
  }

  read(token: Token): string {
    const seen = this.#fields.read(token)
    if (seen?.event === 'begin') this.#decide(seen.field)
    if (this.#dropping) return this.#drop(token, this.#dropping, seen)
    const verdict = seen && this.#became.get(seen.field)
    if (!seen || !verdict || verdict === 'plain') return this.#write(token)
    // For an element around its result only the tags are removed.
    if (seen.field.isElement && verdict === 'kept') return ''
    const until = seen.event === 'begin' && verdict !== 'words' ? LAST[verdict] : seen.event
    this.#dropping = { dropped: new RemovedMarkup(), field: seen.field, until, isLast: false }
    return this.#drop(token, this.#dropping, seen)
  }

  #decide(field: Field): void {
    const own = this.#verdicts.get(field.number)
    const around = field.within?.part === 'instruction' ? this.#became.get(field.within) : undefined
    const isWord = around === 'plain' || around === 'words'
    const verdict = isWord && own !== 'hidden' ? 'kept' : own
    if (verdict) this.#became.set(field, verdict)
  }

  #drop(token: Token, dropping: Dropping, seen: ReturnType<FieldReader['read']>): string {
    dropping.dropped.add(token)
    const event = seen?.field === dropping.field ? seen.event : undefined
    if (event === dropping.until || event === 'end') dropping.isLast = true
    // A mark may be an element with a separate end tag.
    if (!dropping.isLast || token.kind === 'open') return ''
    this.#dropping = undefined
    return dropping.dropped.rest()
  }

  #write(token: Token): string {
    if (token.kind === 'text') return this.#isInstruction ? this.#wordsIn(token.text) : token.text
    this.#isInstruction = token.kind === 'open' && token.name === 'instrText'
    if (token.name !== 't' && token.name !== 'instrText') return token.text
    const name = this.#nameOfText()
    return name === undefined ? token.text : token.text.replace(token.name, name)
  }

  /** The name of the current text element; undefined where nothing around it was changed. */
  #nameOfText(): 't' | 'instrText' | undefined {
    let isChanged = false
    for (let field = this.#fields.field; field; field = field.within) {
      const verdict = this.#became.get(field)
      if (field.part === 'instruction' && verdict !== 'words') return isChanged ? 'instrText' : undefined
      if (verdict) isChanged = true
    }
    return isChanged ? 't' : undefined
  }

  /** The text of an instruction, without the part before a button's text. */
  #wordsIn(text: string): string {
    const field = this.#fields.field
    if (!field || this.#became.get(field) !== 'words') return text
    const before = this.#before.get(field)
    if (before === '') return text
    const all = (before ?? '') + text
    const words = all.replace(BEFORE_WORDS, '')
    this.#before.set(field, words === all ? all : '')
    return words === all ? '' : words
  }
}
