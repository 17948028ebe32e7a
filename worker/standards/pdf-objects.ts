/** All objects of a PDF, as qpdf lists them in JSON: its streams stay where they are. */

export type PdfValue = null | boolean | number | string | PdfValue[] | PdfDict
/** By the names of its keys, which begin with a slash as all names here; a reference is such as `12 0 R`. */
export interface PdfDict {
  readonly [name: string]: PdfValue
}

export interface DictAt {
  dict: PdfDict
  reference: string
}

const REFERENCE = /^\d+ \d+ R$/
const NO_DICT: PdfDict = {}

export class PdfObjects {
  readonly trailer: PdfDict
  readonly catalog: PdfDict
  readonly #objects: Readonly<Record<string, PdfValue>>

  /** Takes what `qpdf --json=2 --json-key=qpdf` says. @throws SyntaxError, TypeError where it is something else */
  constructor(json: string) {
    this.#objects = JSON.parse(json).qpdf[1]
    this.trailer = contentOf(this.#objects.trailer)
    this.catalog = this.dict(this.trailer['/Root'])
  }

  /** What a reference stands for; anything else stands for itself. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    if (typeof value !== 'string' || !REFERENCE.test(value)) return value
    const object = this.#objects[`obj:${value}`]
    return isDict(object) && 'value' in object ? object.value : contentOf(object)
  }

  /** The dictionary that a value or a stream is; an empty one for anything else. */
  dict(value: PdfValue | undefined): PdfDict {
    const resolved = this.resolve(value)
    return isDict(resolved) ? resolved : NO_DICT
  }

  /** The entries of an array, a single value as the only one. */
  list(value: PdfValue | undefined): PdfValue[] {
    const resolved = this.resolve(value)
    if (resolved === undefined || resolved === null) return []
    return Array.isArray(resolved) ? resolved : [resolved]
  }

  /** The pages in their order. */
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

  /** Every dictionary with its reference, those of streams too; one that stands in another has the other's. */
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

function isDict(value: PdfValue | undefined): value is PdfDict {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The dictionary of an object as qpdf wraps it. */
function contentOf(object: PdfValue | undefined): PdfDict {
  if (!isDict(object)) return NO_DICT
  const content = isDict(object.stream) ? object.stream.dict : object.value
  return isDict(content) ? content : NO_DICT
}
