/** All objects of a PDF, as qpdf lists them in JSON, without the data of streams. */

export type PdfValue = null | boolean | number | string | PdfValue[] | PdfDict
/** Keys and names begin with a slash; a reference has the form `12 0 R`. */
export interface PdfDict {
  readonly [name: string]: PdfValue
}

export interface DictAt {
  dict: PdfDict
  reference: string
}

/** Objects in the form of qpdf by keys such as `obj:12 0 R`, and the trailer. */
export type PdfObjectList = Readonly<Record<string, PdfValue>>

export const REFERENCE = /^\d+ \d+ R$/
const NO_DICT: PdfDict = {}

/** Parses the output of `qpdf --json=2 --json-key=qpdf`. @throws SyntaxError, TypeError for anything else */
export function parseObjects(json: string): PdfObjectList {
  return JSON.parse(json).qpdf[1]
}

/** Access to the objects of one PDF. */
export class PdfObjects {
  readonly trailer: PdfDict
  readonly catalog: PdfDict
  readonly #objects: PdfObjectList

  constructor(objects: PdfObjectList) {
    this.#objects = objects
    this.trailer = contentOf(objects.trailer)
    this.catalog = this.dict(this.trailer['/Root'])
  }

  /** The target of a reference; any other value is returned unchanged. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    if (typeof value !== 'string' || !REFERENCE.test(value)) return value
    const object = this.#objects[`obj:${value}`]
    return isDict(object) && 'value' in object ? object.value : contentOf(object)
  }

  /** The dictionary of a value or stream; empty for anything else. */
  dict(value: PdfValue | undefined): PdfDict {
    const resolved = this.resolve(value)
    return isDict(resolved) ? resolved : NO_DICT
  }

  /** The entries of an array; a single value becomes a list of one. */
  list(value: PdfValue | undefined): PdfValue[] {
    const resolved = this.resolve(value)
    if (resolved === undefined || resolved === null) return []
    return Array.isArray(resolved) ? resolved : [resolved]
  }

  /** The pages in order. */
  pages(): DictAt[] {
    const pages: DictAt[] = []
    const seen = new Set<string>()
    const waiting = [String(this.catalog['/Pages'])]
    for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
      if (seen.has(reference)) continue
      seen.add(reference)
      const dict = this.dict(reference)
      if (dict['/Type'] === '/Page') pages.push({ dict, reference })
      for (const kid of this.list(dict['/Kids']).toReversed()) waiting.push(String(kid))
    }
    return pages
  }

  /**
   * Every dictionary with its reference, including those of streams; a nested one has the reference of the outer one.
   */
  *dicts(): Generator<DictAt> {
    for (const [key, object] of Object.entries(this.#objects)) {
      const reference = key.replace(/^obj:/, '')
      const waiting: PdfValue[] = [object]
      for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
        if (typeof value !== 'object' || value === null) continue
        if (isDict(value)) yield { dict: value, reference }
        for (const inner of Object.values(value)) waiting.push(inner)
      }
    }
  }
}

export function isDict(value: PdfValue | undefined): value is PdfDict {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Unwraps the dictionary of an object from qpdf's form. */
function contentOf(object: PdfValue | undefined): PdfDict {
  if (!isDict(object)) return NO_DICT
  const content = isDict(object.stream) ? object.stream.dict : object.value
  return isDict(content) ? content : NO_DICT
}
