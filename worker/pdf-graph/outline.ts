import type { PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfDict, PdfObjects, PdfValue } from '#worker/standards/pdf-objects.ts'

/** A bookmark with those below it. */
export interface OutlineItem {
  /** Its title, where it leads and how it looks, without its place among others. */
  dict: PdfDict
  isOpen: boolean
  children: OutlineItem[]
}

/** Deeper ones are left out; no reader shows that many. */
const MOST_LEVELS = 64
const PLACE = ['/Parent', '/Prev', '/Next', '/First', '/Last', '/Count']

/** The bookmarks of a PDF. One that refers to an earlier one ends its list. */
export function readOutline(objects: PdfObjects, catalog: PdfDict): OutlineItem[] {
  const seen = new Set<string>()
  const top: OutlineItem[] = []
  const waiting: { first: PdfValue | undefined; into: OutlineItem[]; level: number }[] = [
    { first: objects.dict(catalog['/Outlines'])['/First'], into: top, level: 1 },
  ]
  for (let list = waiting.pop(); list; list = waiting.pop()) {
    const level = list.level + 1
    let next = list.first
    while (typeof next === 'string' && !seen.has(next)) {
      seen.add(next)
      const dict = objects.dict(next)
      const item = { dict: without(dict, PLACE), isOpen: Number(dict['/Count'] ?? 0) > 0, children: [] }
      list.into.push(item)
      if (level <= MOST_LEVELS) waiting.push({ first: dict['/First'], into: item.children, level })
      next = dict['/Next']
    }
  }
  return top
}

function without(dict: PdfDict, names: readonly string[]): PdfDict {
  return Object.fromEntries(Object.entries(dict).filter(([name]) => !names.includes(name)))
}

/** Adds an outline of these bookmarks; returns its reference, undefined for none. */
export function addOutline(graph: PdfGraph, items: readonly OutlineItem[]): string | undefined {
  if (items.length === 0) return undefined
  const root = graph.add(null)
  graph.set(root, { '/Type': '/Outlines', ...addItems(graph, items, root), '/Count': countShown(items) })
  return root
}

/** Adds them below a parent; returns the parent's entries for them. */
function addItems(graph: PdfGraph, items: readonly OutlineItem[], parent: string): PdfDict {
  const references = items.map(() => graph.add(null))
  for (const [index, { dict, isOpen, children }] of items.entries()) {
    const reference = references[index] ?? ''
    const shown = countShown(children)
    graph.set(reference, {
      ...dict,
      '/Parent': parent,
      ...neighbour('/Prev', references[index - 1]),
      ...neighbour('/Next', references[index + 1]),
      ...(children.length > 0 && addItems(graph, children, reference)),
      ...(children.length > 0 && { '/Count': isOpen ? shown : -shown }),
    })
  }
  return { '/First': references[0] ?? null, '/Last': references.at(-1) ?? null }
}

function neighbour(name: string, reference: string | undefined): PdfDict {
  return reference === undefined ? {} : { [name]: reference }
}

/** How many bookmarks a reader shows: those below closed ones are hidden. */
function countShown(items: readonly OutlineItem[]): number {
  return items.reduce((sum, { isOpen, children }) => sum + 1 + (isOpen ? countShown(children) : 0), 0)
}
