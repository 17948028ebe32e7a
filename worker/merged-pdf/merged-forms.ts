/** One form of the forms of all parts. Scripts, XFA and signatures of the parts do not apply to the whole. */
import { entriesOf } from '#worker/pdf-graph/flat-pages.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfDict, PdfValue } from '#worker/standards/pdf-objects.ts'
import type { PartPages } from './part-pages.ts'

/** What fields without their own take from their form. */
const DEFAULTS = ['/DA', '/Q']

/**
 * The form with the fields of all parts. Fields of two parts with the same name would be one field with one value, so
 * later ones get another name.
 */
export function mergedForm(graph: PdfGraph, parts: readonly PartPages[]): PdfValue {
  const names = new Set<string>()
  const fields: PdfValue[] = []
  const forms = parts.map(({ catalog }) => graph.dict(catalog['/AcroForm']))
  for (const form of forms) {
    const own = graph.list(form['/Fields']).filter(field => typeof field === 'string')
    for (const field of own) {
      const dict = graph.dict(field)
      graph.set(field, { ...entriesOf(form, DEFAULTS), ...dict, ...renamed(dict['/T'], names) })
      fields.push(field)
    }
  }
  if (fields.length === 0) return null
  return {
    '/Fields': fields,
    '/DR': mergedResources(graph, forms),
    ...(forms.some(form => form['/NeedAppearances'] === true) && { '/NeedAppearances': true }),
  }
}

function renamed(name: PdfValue | undefined, names: Set<string>): PdfDict {
  if (typeof name !== 'string') return {}
  let free = name
  for (let number = 2; names.has(free); number++) free = withSuffix(name, number)
  names.add(free)
  return { '/T': free }
}

/** A string of qpdf is text after `u:` or bytes in hexadecimal after `b:`. */
function withSuffix(name: string, number: number): string {
  const suffix = `_${number}`
  return name.startsWith('b:') ? `${name}${Buffer.from(suffix).toString('hex')}` : `${name}${suffix}`
}

/** The resources of all forms by kind and name; of two with the same name the first. */
function mergedResources(graph: PdfGraph, forms: readonly PdfDict[]): PdfDict {
  const merged: Record<string, PdfValue> = {}
  for (const form of forms.toReversed())
    for (const [kind, resources] of Object.entries(graph.dict(form['/DR']))) {
      const own = graph.resolve(resources) ?? null
      merged[kind] = Array.isArray(own) ? own : { ...graph.dict(merged[kind]), ...graph.dict(own) }
    }
  return merged
}
