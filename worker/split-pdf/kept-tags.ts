import { entriesOfTree } from '#worker/pdf-graph/trees.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import { isDict, type PdfDict, type PdfValue } from '#worker/standards/pdf-objects.ts'

/** More levels than any document has; deeper elements are left out. */
const MOST_LEVELS = 200

/** The tags of some pages. */
export interface KeptTags {
  /** The root; undefined where no tags are left. */
  root?: string
  /** The elements and the root in the form that they have then. */
  changed: Map<string, PdfDict>
  /** Elements that have nothing on these pages. */
  removed: Set<string>
}

/**
 * The tags of pages without those that only concern others: an element stays where it, or one below it, has content
 * on them.
 */
export function keptTags(graph: PdfGraph, catalog: PdfDict, pages: ReadonlySet<string>): KeptTags {
  const tags: KeptTags = { changed: new Map(), removed: new Set() }
  const reference = catalog['/StructTreeRoot']
  if (typeof reference !== 'string') return tags
  const root = graph.dict(reference)
  const kids = keptKids(graph.list(root['/K']), undefined, 0)
  if (kids.length === 0) return tags
  const { '/IDTree': _, ...rest } = root
  const parents = [...entriesOfTree(graph, root['/ParentTree'], '/Nums')].flatMap(([key, value]) => {
    const resolved = graph.resolve(value) ?? null
    const isKept = Array.isArray(resolved)
      ? resolved.some(element => tags.changed.has(String(element)))
      : tags.changed.has(String(value))
    return isKept ? [key, value] : []
  })
  tags.changed.set(reference, { ...rest, '/K': kids, '/ParentTree': { '/Nums': parents } })
  return { ...tags, root: reference }

  function keptKids(all: readonly PdfValue[], page: PdfValue | undefined, level: number): PdfValue[] {
    return all.filter(kid => isKept(kid, page, level))
  }

  function isKept(kid: PdfValue, page: PdfValue | undefined, level: number): boolean {
    if (typeof kid === 'number') return pages.has(String(page))
    if (level > MOST_LEVELS) return false
    const dict = isDict(kid) ? kid : graph.dict(kid)
    const own = dict['/Pg'] ?? page
    if (dict['/S'] === undefined) return pages.has(String(own))
    if (typeof kid !== 'string' || tags.changed.has(kid) || tags.removed.has(kid)) return false
    // Before those below it: an element that contains itself is not looked at again.
    tags.removed.add(kid)
    const below = keptKids(graph.list(dict['/K']), own, level + 1)
    if (below.length === 0) return false
    tags.removed.delete(kid)
    tags.changed.set(kid, { ...dict, '/K': below })
    return true
  }
}
