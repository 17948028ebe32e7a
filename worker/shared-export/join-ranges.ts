import type { PagesInGraph } from '#worker/pdf-graph/add-pages.ts'
import { addPageTree } from '#worker/pdf-graph/flat-pages.ts'
import { addOutline, type OutlineItem, readOutline } from '#worker/pdf-graph/outline.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfDict } from '#worker/standards/pdf-objects.ts'
import { adopt, isPlain } from './parts.ts'

const NOWHERE: ReadonlyMap<string, string> = new Map()

/**
 * Puts the ranges of a workbook one behind the other; the first one's metadata remains. Returns the trailer; undefined
 * where they may hold more than pages.
 */
export function joinRanges(graph: PdfGraph, parts: readonly PagesInGraph[]): PdfDict | undefined {
  const [first] = parts
  if (!first || !parts.every(isPlain)) return undefined
  const items = parts.map(({ catalog }) => readOutline(graph, catalog)).reduce(joined, [])
  for (const [index, part] of parts.entries())
    if (part !== first) adopt(graph, part, { here: NOWHERE, part: index })
  const pages = addPageTree(
    graph,
    parts.flatMap(part => part.pages),
  )
  const outlines = addOutline(graph, items)
  const root = graph.add({ ...first.catalog, '/Pages': pages, ...(outlines && { '/Outlines': outlines }) })
  return { '/Root': root, '/Info': first.trailer['/Info'] ?? null }
}

/** Each range has a bookmark for each of its sheets, so the first of one may be the last of those before. */
function joined(before: OutlineItem[], items: readonly OutlineItem[]): OutlineItem[] {
  const isAgain = before.length > 0 && before.at(-1)?.dict['/Title'] === items[0]?.dict['/Title']
  return [...before, ...items.slice(Number(isAgain))]
}
