/** One tree of tags, for screen readers, of those of all parts. */
import { entriesOfTree } from '#worker/pdf-graph/trees.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import { isDict, type PdfDict, type PdfValue } from '#worker/standards/pdf-objects.ts'
import type { PartPages } from './part-pages.ts'

const PARENT_KEYS = ['/StructParents', '/StructParent']

/** The entries of the new catalog for the tags; none where no part is tagged. */
export function mergedTags(graph: PdfGraph, parts: readonly PartPages[]): PdfDict {
  const roots = parts.map(({ catalog }) => graph.dict(catalog['/StructTreeRoot']))
  if (roots.every(root => root['/K'] === undefined)) return {}
  const tree = graph.add(null)
  const numbers: PdfValue[] = []
  const kids = parts.flatMap((part, index) => {
    const root = roots[index] ?? {}
    const offset = numbers.length === 0 ? 0 : Number(numbers.at(-2)) + 1
    moveNumbers(graph, part, offset)
    for (const [key, value] of sortedParents(graph, root)) numbers.push(key + offset, value)
    return adopt(graph, root, { tree, language: part.catalog['/Lang'] })
  })
  graph.set(tree, {
    '/Type': '/StructTreeRoot',
    '/K': kids,
    '/ParentTree': { '/Nums': numbers },
    '/ParentTreeNextKey': numbers.length === 0 ? 0 : Number(numbers.at(-2)) + 1,
    '/RoleMap': firstOfEach(graph, roots, '/RoleMap'),
    '/ClassMap': firstOfEach(graph, roots, '/ClassMap'),
  })
  const isWhole = parts.every(({ catalog }) => graph.dict(catalog['/MarkInfo'])['/Marked'] === true)
  return { '/StructTreeRoot': tree, ...(isWhole && { '/MarkInfo': { '/Marked': true } }) }
}

/** The lists of parents are numbered over all parts. */
function moveNumbers(graph: PdfGraph, { references }: PartPages, offset: number): void {
  if (offset === 0) return
  graph.rewrite(references, dict => {
    const moved = PARENT_KEYS.filter(name => typeof dict[name] === 'number')
    if (moved.length === 0) return dict
    return { ...dict, ...Object.fromEntries(moved.map(name => [name, Number(dict[name]) + offset])) }
  })
}

function sortedParents(graph: PdfGraph, root: PdfDict): [number, PdfValue][] {
  const entries = [...entriesOfTree(graph, root['/ParentTree'], '/Nums')]
  return entries
    .flatMap(([key, value]) => (typeof key === 'number' ? [[key, value] as [number, PdfValue]] : []))
    .toSorted(([a], [b]) => a - b)
}

/** The elements at the top of a part's tree, now of the new one, in the part's language. */
function adopt(
  graph: PdfGraph,
  root: PdfDict,
  { tree, language }: { tree: string; language: PdfValue | undefined },
): PdfValue[] {
  const spoken = language === undefined ? {} : { '/Lang': language }
  return graph.list(root['/K']).map(kid => {
    const element = { ...spoken, ...graph.dict(kid), '/P': tree }
    if (typeof kid !== 'string') return element
    graph.set(kid, element)
    return kid
  })
}

function firstOfEach(graph: PdfGraph, roots: readonly PdfDict[], name: string): PdfDict {
  return Object.assign({}, ...roots.toReversed().map(root => graph.dict(root[name])))
}

/** Whether a value is an element of tags and not a piece of content. */
export function isElement(value: PdfValue | undefined): value is PdfDict {
  return isDict(value) && value['/S'] !== undefined
}
