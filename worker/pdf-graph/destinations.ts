/**
 * Where links and bookmarks lead. Those by name and by page number become explicit ones, which hold the reference of
 * their page, so that they stay right whatever pages and names come beside them.
 */
import type { AddedPdf, PdfGraph } from '#worker/pdf-graph.ts'
import { isDict, type PdfDict, type PdfObjects, type PdfValue } from '#worker/standards/pdf-objects.ts'
import { entriesOfTree } from './trees.ts'

/** By name, as qpdf writes strings and names, which begin differently. */
export type NamedDestinations = ReadonlyMap<string, PdfValue[]>

/** All named destinations of a PDF, from the tree of names and from the older dictionary. */
export function namedDestinations(
  objects: PdfObjects,
  catalog: PdfDict,
  pages: readonly string[],
): NamedDestinations {
  const named = new Map<string, PdfValue[]>()
  const add = (name: PdfValue, value: PdfValue) => {
    const resolved = objects.resolve(value)
    const target = objects.resolve(isDict(resolved) ? resolved['/D'] : resolved)
    if (Array.isArray(target)) named.set(String(name), byReference(target, pages))
  }
  for (const [name, value] of Object.entries(objects.dict(catalog['/Dests']))) add(name, value)
  const tree = objects.dict(catalog['/Names'])['/Dests']
  for (const [name, value] of entriesOfTree(objects, tree, '/Names')) add(name, value)
  return named
}

/** A page may be named by its number from 0. */
function byReference([page = null, ...view]: readonly PdfValue[], pages: readonly string[]): PdfValue[] {
  return [typeof page === 'number' ? (pages[page] ?? null) : page, ...view]
}

/** Makes all destinations within a PDF explicit. */
export function makeExplicit(
  graph: PdfGraph,
  { catalog, references }: AddedPdf,
  pages: readonly string[],
): void {
  const named = namedDestinations(graph, catalog, pages)
  const explicit = (value: PdfValue): PdfValue => {
    const target = graph.resolve(value) ?? null
    if (typeof target === 'string') return named.get(target) ?? value
    return Array.isArray(target) ? byReference(target, pages) : value
  }
  graph.rewrite(references, dict => {
    const { '/Dest': link, '/D': target } = dict
    if (link !== undefined) return { ...dict, '/Dest': explicit(link) }
    return dict['/S'] === '/GoTo' && target !== undefined ? { ...dict, '/D': explicit(target) } : dict
  })
}

/** The reference of the page that a link, a bookmark or an action leads to; undefined where it leads elsewhere. */
export function pageLedTo(objects: PdfObjects, dict: PdfDict): string | undefined {
  const action = objects.dict(dict['/A'])
  const target = dict['/Dest'] ?? (action['/S'] === '/GoTo' ? action['/D'] : undefined)
  const resolved = objects.resolve(target)
  return Array.isArray(resolved) && typeof resolved[0] === 'string' ? resolved[0] : undefined
}
