import type { PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfDict } from '#worker/standards/pdf-objects.ts'

const INHERITED = ['/Resources', '/MediaBox', '/CropBox', '/Rotate']

interface Node {
  reference: string
  inherited: PdfDict
}

/**
 * The pages of a PDF in order, as references to objects that hold everything: what a page inherits from the tree is
 * written into it. A page that stands twice in the tree becomes two.
 */
export function flatPages(graph: PdfGraph, catalog: PdfDict): string[] {
  const pages = new Set<string>()
  const seen = new Set<string>()
  const waiting: Node[] = [{ reference: String(catalog['/Pages']), inherited: {} }]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const { reference, inherited } = node
    const dict = graph.dict(reference)
    if (dict['/Kids'] === undefined) {
      if (dict['/Type'] === '/Page') pages.add(addPage(graph, node, pages.has(reference)))
      continue
    }
    if (seen.has(reference)) continue
    seen.add(reference)
    const passed = { ...inherited, ...entriesOf(dict, INHERITED) }
    for (const kid of graph.list(dict['/Kids']).toReversed())
      waiting.push({ reference: String(kid), inherited: passed })
  }
  return [...pages]
}

function addPage(graph: PdfGraph, { reference, inherited }: Node, isAgain: boolean): string {
  const page = { ...inherited, ...graph.dict(reference) }
  if (isAgain) return graph.add(page)
  graph.set(reference, page)
  return reference
}

/** Only these entries of a dictionary, where it has them. */
export function entriesOf(dict: PdfDict, names: readonly string[]): PdfDict {
  return Object.fromEntries(Object.entries(dict).filter(([name]) => names.includes(name)))
}

/** Makes the one node of a new page tree, and the parent of these pages; returns its reference. */
export function addPageTree(graph: PdfGraph, pages: readonly string[]): string {
  const tree = graph.add({ '/Type': '/Pages', '/Count': pages.length, '/Kids': [...pages] })
  for (const page of pages) graph.set(page, { ...graph.dict(page), '/Parent': tree })
  return tree
}
