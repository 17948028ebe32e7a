/** What LibreOffice makes of one document in several exports, in one graph. */
import type { PagesInGraph } from '#worker/pdf-graph/add-pages.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfValue } from '#worker/standards/pdf-objects.ts'

/** The entries of a catalog that concern the document alone, or lead to pages only. */
const KNOWN = new Set([
  ...['/Type', '/Pages', '/Outlines', '/PageMode', '/PageLayout', '/PageLabels', '/OpenAction', '/Lang'],
  ...['/ViewerPreferences', '/Metadata', '/Version', '/Extensions', '/OutputIntents'],
])
const SUBSET = /^\/[A-Z]{6}\+/

/** Whether it holds nothing but pages and what leads to them. */
export function isPlain({ catalog }: PagesInGraph): boolean {
  return Object.keys(catalog).every(name => KNOWN.has(name))
}

/**
 * Makes the objects of a later part lead to the pages that are `here`, and gives its fonts names of their own, because
 * each part has other letters of a font under the same name.
 */
export function adopt(
  graph: PdfGraph,
  { references }: PagesInGraph,
  to: { here: ReadonlyMap<string, string>; part: number },
): void {
  for (const reference of references) graph.setRaw(reference, adopted(graph.raw(reference) ?? null, to))
}

function adopted(value: PdfValue, to: { here: ReadonlyMap<string, string>; part: number }): PdfValue {
  if (typeof value === 'string') return to.here.get(value) ?? value
  if (Array.isArray(value)) return value.map(inner => adopted(inner, to))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, inner]): [string, PdfValue] => {
    const isFontName = (name === '/BaseFont' || name === '/FontName') && typeof inner === 'string'
    return [name, isFontName ? renamed(inner, to.part) : adopted(inner, to)]
  })
  return Object.fromEntries(entries)
}

/** `/BAAAAA+Name` of the second part becomes `/BAAAAB+Name`: LibreOffice counts from the first letter on. */
function renamed(font: string, part: number): string {
  if (!SUBSET.test(font)) return font
  const last = String.fromCharCode('A'.charCodeAt(0) + ((font.charCodeAt(6) - 'A'.charCodeAt(0) + part) % 26))
  return `${font.slice(0, 6)}${last}${font.slice(7)}`
}
