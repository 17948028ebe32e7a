import { entriesOfTree } from '#worker/pdf-graph/trees.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfValue } from '#worker/standards/pdf-objects.ts'
import type { PartPages } from './part-pages.ts'

const FROM_ONE = { '/S': '/D', '/St': 1 }

/** The labels of all pages, where a part has any: each part goes on counting as it did alone. */
export function mergedPageLabels(graph: PdfGraph, parts: readonly PartPages[]): PdfValue {
  if (parts.every(({ catalog }) => catalog['/PageLabels'] === undefined)) return null
  const labels: PdfValue[] = []
  let before = 0
  for (const { catalog, pages } of parts) {
    const own = [...entriesOfTree(graph, catalog['/PageLabels'], '/Nums')].flatMap(([at, label]) =>
      typeof at === 'number' && at >= 0 && at < pages.length ? [{ at, label }] : [],
    )
    if (own[0]?.at !== 0) labels.push(before, FROM_ONE)
    for (const { at, label } of own) labels.push(before + at, label)
    before += pages.length
  }
  return { '/Nums': labels }
}
