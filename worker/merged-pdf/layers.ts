import type { PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfDict, PdfValue } from '#worker/standards/pdf-objects.ts'
import type { PartPages } from './part-pages.ts'

const LISTS = ['/ON', '/OFF', '/Order', '/Locked', '/RBGroups', '/AS']

/** The layers (optional content) of all parts, as visible as they were. */
export function mergedLayers(graph: PdfGraph, parts: readonly PartPages[]): PdfValue {
  let all: PdfValue[] = []
  const lists: Record<string, PdfValue[]> = {}
  for (const { catalog } of parts) {
    const properties = graph.dict(catalog['/OCProperties'])
    const layers = graph.list(properties['/OCGs'])
    all = [...all, ...layers]
    const shown = graph.dict(properties['/D'])
    for (const name of LISTS) lists[name] = [...(lists[name] ?? []), ...graph.list(shown[name])]
    if (shown['/BaseState'] === '/OFF')
      lists['/OFF'] = [...(lists['/OFF'] ?? []), ...hiddenByDefault(graph, layers, shown)]
  }
  if (all.length === 0) return null
  const shown = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0))
  return { '/OCGs': all, '/D': shown }
}

function hiddenByDefault(graph: PdfGraph, layers: readonly PdfValue[], shown: PdfDict): PdfValue[] {
  const on = new Set(graph.list(shown['/ON']))
  return layers.filter(layer => !on.has(layer))
}
