/** Makes one PDF of several exports of the same document, in each of which only some pages are drawn. */
import type { PagesInGraph } from '#worker/pdf-graph/add-pages.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfDict } from '#worker/standards/pdf-objects.ts'
import { adopt, isPlain } from './parts.ts'

/** What makes a page, besides its own content. */
const OF_CONTENT = new Set(['/Contents', '/Resources', '/Annots', '/Tabs', '/Group', '/Parent'])

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
      adopt(graph, part, { here, part: index })
    }
  for (const { page, shown } of pages)
    if (shown && shown !== page)
      graph.set(page, { ...graph.dict(shown), '/Parent': graph.dict(page)['/Parent'] ?? null })
  return { '/Root': first.trailer['/Root'] ?? null, '/Info': first.trailer['/Info'] ?? null }
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
