import { pageLedTo } from '#worker/pdf-graph/destinations.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import { isDict, type PdfDict, type PdfValue, REFERENCE } from '#worker/standards/pdf-objects.ts'

export interface KeptObjects {
  /** Pages, and what belongs to them, that do not come along. */
  removed: ReadonlySet<string>
  /** Objects that come along in another form. */
  changed: ReadonlyMap<string, PdfDict>
}

/**
 * Copies a value with everything that it refers to into another graph, without what is removed; a link that led there
 * remains as words. Returns the copied value.
 */
export function copyKept(
  value: PdfValue,
  { from, into, kept }: { from: PdfGraph; into: PdfGraph; kept: KeptObjects },
): PdfValue {
  const waiting: string[] = []
  const start = clean(value)
  for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
    if (into.raw(reference) !== undefined) continue
    const changed = kept.changed.get(reference)
    const object = changed ? { value: changed } : (from.raw(reference) ?? null)
    into.setRaw(reference, clean(object))
  }
  return start

  function clean(part: PdfValue): PdfValue {
    if (typeof part === 'string') {
      if (kept.removed.has(part)) return null
      if (REFERENCE.test(part)) waiting.push(part)
      return part
    }
    if (Array.isArray(part)) return part.map(clean)
    return isDict(part) ? cleanDict(part) : part
  }

  function cleanDict(dict: PdfDict): PdfDict {
    const page = pageLedTo(from, dict)
    const isDead = page !== undefined && kept.removed.has(page)
    const entries = Object.entries(dict).filter(([name]) => !(isDead && (name === '/Dest' || name === '/A')))
    return Object.fromEntries(entries.map(([name, inner]) => [name, whole(name, clean(inner))]))
  }
}

/** What is below a field or an element has no empty places. */
function whole(name: string, value: PdfValue): PdfValue {
  return name === '/Kids' && Array.isArray(value) ? value.filter(kid => kid !== null) : value
}
