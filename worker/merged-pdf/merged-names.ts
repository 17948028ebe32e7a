import { namedDestinations } from '#worker/pdf-graph/destinations.ts'
import { entriesOfTree, keyBytes, nameTree } from '#worker/pdf-graph/trees.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfDict, PdfValue } from '#worker/standards/pdf-objects.ts'
import type { PartPages } from './part-pages.ts'

/**
 * The named destinations and the attached files of all parts. Links within the parts no longer need names; they stay
 * for addresses such as `file.pdf#name`. A name that two parts have is that of the first.
 */
export function mergedNames(graph: PdfGraph, parts: readonly PartPages[]): PdfDict {
  const destinations = new Map<string, PdfValue>()
  for (const { catalog, pages } of parts)
    for (const [name, target] of namedDestinations(graph, catalog, pages)) {
      const key = keyBytes(name)
      if (!destinations.has(key)) destinations.set(key, target)
    }
  // The key of an attached file is not shown.
  const attached = parts
    .flatMap(({ catalog }) => [
      ...entriesOfTree(graph, graph.dict(catalog['/Names'])['/EmbeddedFiles'], '/Names'),
    ])
    .map(([, file], index) => [keyBytes(`u:${String(index + 1).padStart(6, '0')}`), file] as const)
  return {
    ...(destinations.size > 0 && { '/Dests': nameTree([...destinations]) }),
    ...(attached.length > 0 && { '/EmbeddedFiles': nameTree(attached) }),
  }
}
