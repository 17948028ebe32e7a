import { isDict, type PdfDict, PdfObjects, type PdfValue, REFERENCE } from './standards/pdf-objects.ts'

/** A PDF that was added to a graph; all references are those of the graph. */
export interface AddedPdf {
  catalog: PdfDict
  trailer: PdfDict
  /** All of its objects. */
  references: readonly string[]
}

const KEY = /^obj:(\d+) /
/** PDF has no exponents; JSON writes numbers below with one. */
const SMALLEST = 1e-6

/**
 * The objects of several PDFs, as qpdf lists them, numbered so that none has the number of another. They can be
 * changed; what nothing refers to is not written.
 */
export class PdfGraph extends PdfObjects {
  readonly #objects: Record<string, PdfValue>
  #last = 0

  private constructor(objects: Record<string, PdfValue>) {
    super(objects)
    this.#objects = objects
  }

  static empty(): PdfGraph {
    return new PdfGraph({})
  }

  /** An empty graph for objects of another one, which keep their numbers. */
  static beside(other: PdfGraph): PdfGraph {
    const graph = new PdfGraph({})
    graph.#last = other.#last
    return graph
  }

  /** Adds all objects of a PDF under new numbers; they belong to the graph then. */
  addPdf(listed: Readonly<Record<string, PdfValue>>): AddedPdf {
    const offset = this.#last
    const references: string[] = []
    for (const [key, object] of Object.entries(listed)) {
      const number = Number(KEY.exec(key)?.[1])
      if (!number) continue
      const reference = `${number + offset} 0 R`
      this.#objects[`obj:${reference}`] = renumbered(object, offset)
      this.#last = Math.max(this.#last, number + offset)
      references.push(reference)
    }
    const trailer = isDict(listed.trailer) ? dictOr(renumbered(listed.trailer.value ?? null, offset)) : {}
    return { trailer, catalog: this.dict(trailer['/Root']), references }
  }

  /** Adds a new object; returns its reference. */
  add(value: PdfValue): string {
    this.#last += 1
    const reference = `${this.#last} 0 R`
    this.set(reference, value)
    return reference
  }

  /** Replaces an object that is not a stream, or makes it. */
  set(reference: string, value: PdfValue): void {
    this.setRaw(reference, { value })
  }

  /** Takes over an object, in qpdf's form. */
  setRaw(reference: string, object: PdfValue): void {
    this.#objects[`obj:${reference}`] = object
  }

  /** The object in qpdf's form; undefined where a reference leads nowhere. */
  raw(reference: string): PdfValue | undefined {
    return this.#objects[`obj:${reference}`]
  }

  /** Replaces every dictionary in these objects, inner ones first. */
  rewrite(references: readonly string[], change: (dict: PdfDict) => PdfDict): void {
    for (const reference of references) {
      const object = this.#objects[`obj:${reference}`]
      if (object !== undefined) this.#objects[`obj:${reference}`] = rewritten(object, change)
    }
  }
}

/**
 * The value with every dictionary in it replaced, inner ones first; references are not followed. What does not change
 * is not copied.
 */
function rewritten(value: PdfValue, change: (dict: PdfDict) => PdfDict): PdfValue {
  if (typeof value !== 'object' || value === null) return value
  let copy: Record<string, PdfValue> | undefined
  for (const [name, inner] of Object.entries(value)) {
    const after = rewritten(inner, change)
    if (after === inner) continue
    copy ??= Object.fromEntries(Object.entries(value))
    copy[name] = after
  }
  if (Array.isArray(value)) return copy ? Object.values(copy) : value
  return change(copy ?? value)
}

/** Changes a value, of which there is no other user. */
function renumbered(value: PdfValue, offset: number): PdfValue {
  if (typeof value === 'string')
    return REFERENCE.test(value) ? `${Number.parseInt(value, 10) + offset} 0 R` : value
  if (typeof value === 'number') return Math.abs(value) < SMALLEST ? 0 : value
  if (typeof value !== 'object' || value === null) return value
  const own = value as Record<string, PdfValue>
  for (const [name, inner] of Object.entries(own)) own[name] = renumbered(inner, offset)
  return value
}

function dictOr(value: PdfValue): PdfDict {
  return isDict(value) ? value : {}
}
