import { AppError } from '#lib/vocabulary/errors.ts'
import { Doctype, entities } from './doctype.ts'
import { refuseRareEncoding } from './encoding.ts'
import { Ending } from './ending.ts'
import type { ScanLimits } from './scan-limits.ts'

const [LESS, GREATER, SLASH, BANG, QUESTION, DOUBLE, SINGLE] = [0x3c, 0x3e, 0x2f, 0x21, 0x3f, 0x22, 0x27]
const AMPERSAND = 0x26
/** What may follow an ampersand; a document type may define more. */
const REFERENCE = /^(?:amp;|lt;|gt;|quot;|apos;|#)/
/** Control characters, which XML forbids even as references. */
const CONTROL = /^#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));/i
/** The beginnings of the five predefined entities. */
const USUAL = new Set(['am', 'ap', 'lt', 'gt', 'qu'].map(name => Buffer.from(name).readUInt16BE()))
const LONGEST_REFERENCE = 10
/** The only one that is common in documents: PowerPoint breaks lines with it, and programs copy it. */
const VERTICAL_TAB = 0x0b
/** `[CDATA[` and `DOCTYPE` after `<!`. */
const LONGEST_WORD = 7

/** Where the last chunk ended. */
type State = 'text' | 'opened' | 'tag' | 'value' | 'declaration' | 'skipped' | 'doctype'

/**
 * Checks XML chunk by chunk: how deep its elements are nested, and what its document type defines. It is not a parser:
 * it only has to see at least what a parser would see.
 */
export class Markup {
  readonly #bytes: number
  readonly #limits: ScanLimits
  #state: State = 'text'
  #depth = 0
  /** The previous byte, inside a tag. */
  #previous = 0
  #quote = 0
  /** The characters after `<!`, until the construct is identified. */
  #word = ''
  /** The end of the part that is skipped. */
  #ending = new Ending('>')
  #doctype: Doctype | undefined
  #isBroken = false
  /** The next ampersand in the chunk that was not checked yet. */
  #ampersand = 0

  /** `bytes` is the size of the whole text. */
  constructor(bytes: number, limits: ScanLimits) {
    this.#bytes = bytes
    this.#limits = limits
  }

  /** Reads the encoding. @throws AppError `corrupt_file` for an encoding that the scan cannot read */
  begin(head: Buffer): void {
    refuseRareEncoding(head)
  }

  /** Checks the next chunk. @throws AppError `xml_entities`, `too_deeply_nested` */
  push(chunk: Buffer): void {
    this.#ampersand = ampersandIn(chunk, 0)
    if (chunk.includes(VERTICAL_TAB)) this.#isBroken = true
    for (let at = 0; at < chunk.length; ) at = this.#step(chunk, at)
  }

  /** Checks the end of the text. @throws AppError `xml_entities` */
  end(): void {
    if (this.#state === 'doctype') this.#doctype?.judge(this.#bytes)
    if (this.#depth > 0 || this.#state !== 'text') this.#isBroken = true
  }

  /**
   * Whether a parser would stop before the end: at an ampersand or control character, or because the end is missing.
   * Other errors are not detected, and an ampersand between two chunks may be missed.
   */
  get isBroken(): boolean {
    return this.#isBroken
  }

  #step(chunk: Buffer, at: number): number {
    switch (this.#state) {
      case 'text':
        return this.#text(chunk, at)
      case 'opened':
        return this.#opened(chunk, at)
      case 'tag':
        return this.#tag(chunk, at)
      case 'value':
        return this.#value(chunk, at)
      case 'declaration':
        return this.#declaration(chunk, at)
      case 'skipped':
        return this.#skipped(chunk, at)
      case 'doctype':
        return this.#inDoctype(chunk, at)
    }
  }

  /** Reads text and the frequent constructs after it in one loop, because they are most of a document. */
  #text(chunk: Buffer, from: number): number {
    const end = chunk.length
    for (let at = from; ; ) {
      const begin = at
      while (at < end && chunk[at] !== LESS) at++
      if (this.#ampersand < at) this.#judgeAmpersands(chunk, begin, at)
      if (at + 1 >= end) {
        if (at < end) this.#state = 'opened'
        return end
      }
      const byte = chunk[at + 1]
      if (byte === BANG || byte === QUESTION) return this.#opened(chunk, at + 1)
      // The rest of a closing tag is read like text.
      if (byte === SLASH) {
        this.#leave()
        at += 2
      } else {
        this.#previous = 0
        at = this.#tag(chunk, at + 1)
        if (this.#state !== 'text') return end
      }
    }
  }

  #opened(chunk: Buffer, at: number): number {
    const byte = chunk[at]
    this.#previous = 0
    if (byte !== SLASH && byte !== BANG && byte !== QUESTION) return this.#tag(chunk, at)
    this.#state = 'text'
    if (byte === SLASH) this.#leave()
    else if (byte === BANG) [this.#state, this.#word] = ['declaration', '']
    else this.#skipTo('?>')
    return at + 1
  }

  #tag(chunk: Buffer, from: number): number {
    const end = chunk.length
    for (let at = from; at < end; at++) {
      const byte = chunk[at] as number
      if (byte === GREATER) {
        if ((at > from ? chunk[at - 1] : this.#previous) !== SLASH) this.#enter()
        if (this.#state !== 'text') this.#state = 'text'
        return at + 1
      }
      if (byte !== DOUBLE && byte !== SINGLE) continue
      // Inlined here, because most of a document is attributes.
      at++
      while (at < end && chunk[at] !== byte) at++
      if (at >= end) return this.#cutInValue(byte, end)
    }
    if (end > from) this.#previous = chunk[end - 1] as number
    this.#state = 'tag'
    return end
  }

  #cutInValue(quote: number, end: number): number {
    this.#state = 'value'
    this.#quote = quote
    this.#previous = quote
    return end
  }

  /** Reads the rest of a value that began in the previous chunk. */
  #value(chunk: Buffer, from: number): number {
    let at = from
    while (at < chunk.length && chunk[at] !== this.#quote) at++
    if (at < chunk.length) this.#state = 'tag'
    return at + 1
  }

  #declaration(chunk: Buffer, at: number): number {
    this.#word += String.fromCharCode(chunk[at] as number)
    if (this.#word === '--') this.#skipTo('-->')
    else if (this.#word === '[CDATA[') this.#skipTo(']]>')
    else if (/^doctype$/i.test(this.#word))
      [this.#state, this.#doctype] = ['doctype', new Doctype(this.#limits)]
    else if (/^entity/i.test(this.#word)) throw entities('<!ENTITY outside a document type')
    else if (this.#word.length >= LONGEST_WORD) this.#skipTo('>')
    return at + 1
  }

  /** Checks the ampersands between two offsets; those before, in comments and the like, are skipped. */
  #judgeAmpersands(chunk: Buffer, from: number, to: number): void {
    let at = this.#ampersand < from ? ampersandIn(chunk, from) : this.#ampersand
    for (; at < to; at = ampersandIn(chunk, at + 1)) {
      // Nearly all are one of the five, which needs no decoding.
      if (at + 2 < chunk.length && USUAL.has(chunk.readUInt16BE(at + 1))) continue
      const behind = chunk.toString('latin1', at + 1, at + 1 + LONGEST_REFERENCE)
      const isCut = behind.length < LONGEST_REFERENCE && !/[;<\s]/.test(behind)
      if (isCut || this.#doctype) continue
      if (!REFERENCE.test(behind) || CONTROL.test(behind)) this.#isBroken = true
    }
    this.#ampersand = at
  }

  #skipTo(end: string): void {
    this.#state = 'skipped'
    this.#ending = new Ending(end)
  }

  #skipped(chunk: Buffer, at: number): number {
    const behind = this.#ending.find(chunk, at)
    if (behind === undefined) return chunk.length
    this.#state = 'text'
    return behind
  }

  #inDoctype(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      if (!this.#doctype?.push(chunk[at] as number)) continue
      this.#doctype.judge(this.#bytes)
      this.#state = 'text'
      return at + 1
    }
    return chunk.length
  }

  #leave(): void {
    if (this.#depth === 0) this.#isBroken = true
    else this.#depth--
  }

  #enter(): void {
    if (++this.#depth <= this.#limits.depth) return
    throw new AppError('too_deeply_nested', { details: { limit: this.#limits.depth } })
  }
}

/** The offset of the next ampersand; infinite where there is none. */
function ampersandIn(chunk: Buffer, from: number): number {
  const at = chunk.indexOf(AMPERSAND, from)
  return at < 0 ? Number.POSITIVE_INFINITY : at
}
