import { attributeOf, type Token } from './markup-tokens.ts'

const LONGEST_INSTRUCTION = 512
/** Visible content of a result besides text. */
const SEEN = /^(?:drawing|pict|object|sym|oMath|tab|noBreakHyphen|footnoteReference|endnoteReference)$/

/** A Word field while it is read: an instruction, and then the stored result. */
export interface Field {
  /** Counted from 0 in the order of their starts. */
  number: number
  /** Undefined for the outermost. */
  within: Field | undefined
  instruction: string
  /** Whether its instruction contains other fields. */
  isComposed: boolean
  isLocked: boolean
  part: 'instruction' | 'result'
  hasResult: boolean
  /** Written as an element around its result. */
  isElement: boolean
}

/** The effect of a token on fields. */
export type FieldEvent = 'begin' | 'separate' | 'end'

/** Tracks the fields of one part of a Word document, in document order. */
export class FieldReader {
  #innermost: Field | undefined
  #count = 0
  /** Text boxes have separate fields. */
  readonly #outside: (Field | undefined)[] = []
  #element = ''

  /** The innermost open field. */
  get field(): Field | undefined {
    return this.#innermost
  }

  /** Reads a token; returns its effect and the field. */
  read(token: Token): { event: FieldEvent; field: Field } | undefined {
    if (token.kind === 'text') return void this.#text(token.text)
    this.#element = token.kind === 'open' ? token.name : ''
    if (token.name === 'txbxContent') return void this.#textBox(token)
    if (token.name === 'fldChar' && token.kind !== 'close') return this.#mark(token)
    if (token.name === 'fldSimple') return this.#simple(token)
    if (SEEN.test(token.name)) this.#see()
    return undefined
  }

  #text(text: string): void {
    const field = this.#innermost
    if (!field) return
    const isInstruction = this.#element === 'instrText' || this.#element === 'delInstrText'
    if (isInstruction && field.part === 'instruction')
      field.instruction = (field.instruction + text).slice(0, LONGEST_INSTRUCTION)
    else if (this.#element === 't' || isInstruction) this.#see()
  }

  /** Content of a result also belongs to the fields around it. */
  #see(): void {
    for (let field = this.#innermost; field?.part === 'result'; field = field.within) field.hasResult = true
  }

  #textBox({ kind }: Token): void {
    if (kind === 'open') this.#outside.push(this.#innermost)
    if (kind === 'open') this.#innermost = undefined
    if (kind === 'close') this.#innermost = this.#outside.pop()
  }

  #mark({ text }: Token) {
    const type = attributeOf(text, 'fldCharType')
    if (type === 'begin') return this.#begin(text)
    const field = this.#innermost
    if (!field || field.isElement) return undefined
    if (type === 'separate') field.part = 'result'
    if (type === 'end') this.#innermost = field.within
    return type === 'separate' || type === 'end' ? ({ event: type, field } as const) : undefined
  }

  #simple({ kind, text }: Token) {
    const field = kind === 'close' ? this.#innermost : this.#begin(text).field
    if (!field?.isElement) return undefined
    if (kind === 'open') return { event: 'begin', field } as const
    this.#innermost = field.within
    return { event: 'end', field } as const
  }

  #begin(tag: string) {
    const within = this.#innermost
    if (within?.part === 'instruction') within.isComposed = true
    const instruction = attributeOf(tag, 'instr')
    const isElement = instruction !== undefined
    const field: Field = {
      number: this.#count++,
      within,
      instruction: (instruction ?? '').slice(0, LONGEST_INSTRUCTION),
      isComposed: false,
      isLocked: /^(?:1|true|on)$/.test(attributeOf(tag, 'fldLock') ?? ''),
      part: isElement ? 'result' : 'instruction',
      hasResult: false,
      isElement,
    }
    this.#innermost = field
    return { event: 'begin', field } as const
  }
}
