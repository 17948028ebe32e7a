/** Makes one PDF of several exports of the same document, in each of which only some pages are drawn. */
import type { PagesInGraph } from '#worker/pdf-graph/add-pages.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfDict, PdfValue } from '#worker/standards/pdf-objects.ts'

/** The entries of a catalog that concern the document alone, or lead to pages only. */
const KNOWN = new Set([
  ...['/Type', '/Pages', '/Outlines', '/PageMode', '/PageLayout', '/PageLabels', '/OpenAction', '/Lang'],
  ...['/ViewerPreferences', '/Metadata', '/Version', '/Extensions', '/OutputIntents'],
])
/** What makes a page, besides its own content. */
const OF_CONTENT = new Set(['/Contents', '/Resources', '/Annots', '/Tabs', '/Group', '/Parent'])
const SUBSET = /^\/[A-Z]{6}\+/

export interface Shares {
  /** The same document several times; the first one's outline, labels and metadata remain. */
  parts: readonly PagesInGraph[]
  /** For each page the index of the part in which it is drawn. */
  drawnIn: readonly number[]
}

/**
 * Puts the pages of later parts in the place of those of the first. Returns the trailer; undefined where the parts are
 * not what LibreOffice makes of one document, or may hold more than pages.
 */
export function joinShares(graph: PdfGraph, { parts, drawnIn }: Shares): PdfDict | undefined {
  const [first] = parts
  if (!first || !parts.every(part => isPlain(part) && part.pages.length === drawnIn.length)) return undefined
  const pages = first.pages.map((page, index) => ({ page, shown: parts[drawnIn[index] ?? 0]?.pages[index] }))
  if (!pages.every(({ page, shown }) => isAlike(graph.dict(page), graph.dict(shown)))) return undefined
  for (const [index, part] of parts.entries())
    if (part !== first) {
      const here = new Map(part.pages.map((page, number) => [page, first.pages[number] ?? page]))
      for (const reference of part.references)
        graph.setRaw(reference, adopted(graph.raw(reference) ?? null, { here, part: index }))
    }
  for (const { page, shown } of pages)
    if (shown && shown !== page)
      graph.set(page, { ...graph.dict(shown), '/Parent': graph.dict(page)['/Parent'] ?? null })
  return { '/Root': first.trailer['/Root'] ?? null, '/Info': first.trailer['/Info'] ?? null }
}

function isPlain({ catalog }: PagesInGraph): boolean {
  return Object.keys(catalog).every(name => KNOWN.has(name))
}

/** Whether two pages are of one size and have the same transition. */
function isAlike(one: PdfDict, other: PdfDict): boolean {
  const rest = (page: PdfDict) =>
    JSON.stringify(
      Object.entries(page)
        .filter(([name]) => !OF_CONTENT.has(name))
        .sort(),
    )
  return rest(one) === rest(other)
}

/**
 * A value of a later part with references to the pages of the first. Its fonts get names of their own, because each
 * part has other letters of a font under the same name.
 */
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
