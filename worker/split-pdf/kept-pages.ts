/** A PDF with some pages of another: with the outline, links, names, labels, form and tags that stay within them. */
import { addPages, type PagesInGraph } from '#worker/pdf-graph/add-pages.ts'
import { namedDestinations, pageLedTo } from '#worker/pdf-graph/destinations.ts'
import { addPageTree, entriesOf } from '#worker/pdf-graph/flat-pages.ts'
import { addOutline, type OutlineItem, readOutline } from '#worker/pdf-graph/outline.ts'
import { entriesOfTree, keyBytes, nameTree } from '#worker/pdf-graph/trees.ts'
import { PdfGraph } from '#worker/pdf-graph.ts'
import { isDict, type PdfDict, type PdfObjectList, type PdfValue } from '#worker/standards/pdf-objects.ts'
import { copyKept } from './kept-objects.ts'
import { keptTags } from './kept-tags.ts'

/** Entries of the catalog that concern each page alike. */
const OF_ALL_PAGES = [
  ...['/Lang', '/ViewerPreferences', '/MarkInfo', '/OCProperties', '/Metadata', '/OutputIntents'],
  ...['/Extensions', '/Version', '/PageMode', '/PageLayout'],
]

/** A PDF whose pages can be taken out. */
export interface PdfPages extends PagesInGraph {
  graph: PdfGraph
  outline: readonly OutlineItem[]
}

export function readPages(objects: PdfObjectList): PdfPages {
  const graph = PdfGraph.empty()
  const added = addPages(graph, objects)
  return { ...added, graph, outline: readOutline(graph, added.catalog) }
}

/** The pages with these numbers (from 1) in this order, as a graph with its trailer. */
export function keepPages(
  source: PdfPages,
  numbers: readonly number[],
): { graph: PdfGraph; trailer: PdfDict } {
  const { graph: from, catalog, trailer } = source
  const pages = numbers.flatMap(number => source.pages[number - 1] ?? [])
  const isKept = new Set(pages)
  const tags = keptTags(from, catalog, isKept)
  const removed = new Set([...removedWith(source, isKept), ...tags.removed])
  const loose = pages.map(page => [page, without(from.dict(page), '/Parent')] as const)
  const kept = { removed, changed: new Map([...loose, ...tags.changed]) }
  const into = PdfGraph.beside(from)
  const copy = (value: PdfValue) => copyKept(value, { from, into, kept })
  for (const page of pages) copy(page)
  const outline = keptItems(from, source.outline, isKept).map(item => copyItem(item, copy))
  const root = into.add({
    ...entriesOf(catalog, OF_ALL_PAGES),
    '/Type': '/Catalog',
    '/Pages': addPageTree(into, pages),
    '/Outlines': addOutline(into, outline) ?? null,
    '/Names': { '/Dests': keptNames(source, isKept) },
    '/PageLabels': keptLabels(source, numbers),
    '/AcroForm': keptForm(source, removed),
    '/StructTreeRoot': tags.root ?? null,
  })
  into.set(root, copy(into.dict(root)))
  return { graph: into, trailer: { '/Root': root, '/Info': copy(trailer['/Info'] ?? null) } }
}

/** The other pages, and what stands on them. */
function removedWith({ graph, pages }: PdfPages, isKept: ReadonlySet<string>): string[] {
  const removed = pages.filter(page => !isKept.has(page))
  const annotationsOf = (page: string) => graph.list(graph.dict(page)['/Annots']).map(String)
  const stays = new Set([...isKept].flatMap(annotationsOf))
  return [...removed, ...removed.flatMap(annotationsOf).filter(annotation => !stays.has(annotation))]
}

/** A bookmark stays where it leads to one of the pages, or to where the first one below it leads. */
function keptItems(
  graph: PdfGraph,
  items: readonly OutlineItem[],
  isKept: ReadonlySet<string>,
): OutlineItem[] {
  return items.flatMap(({ dict, isOpen, children: all }) => {
    const children = keptItems(graph, all, isKept)
    if (isKept.has(pageLedTo(graph, dict) ?? '')) return [{ dict, isOpen, children }]
    const [first] = children
    if (!first) return []
    const { '/A': action = null, '/Dest': target = null } = first.dict
    return [{ dict: { ...dict, '/A': action, '/Dest': target }, isOpen, children }]
  })
}

function copyItem({ dict, isOpen, children }: OutlineItem, copy: (dict: PdfDict) => PdfValue): OutlineItem {
  const copied = copy(dict)
  return {
    dict: isDict(copied) ? copied : {},
    isOpen,
    children: children.map(child => copyItem(child, copy)),
  }
}

function keptNames({ graph, catalog, pages }: PdfPages, isKept: ReadonlySet<string>): PdfValue {
  const named = [...namedDestinations(graph, catalog, pages)].filter(([, [page]]) => isKept.has(String(page)))
  if (named.length === 0) return null
  return nameTree(named.map(([name, target]) => [keyBytes(name), target]))
}

/** Each page keeps its label. */
function keptLabels({ graph, catalog }: PdfPages, numbers: readonly number[]): PdfValue {
  const labels = [...entriesOfTree(graph, catalog['/PageLabels'], '/Nums')]
  if (labels.length === 0) return null
  const all = numbers.flatMap((number, index) => {
    const range = labels.findLast(([at]) => Number(at) < number)
    const dict = graph.dict(range?.[1])
    const start = Number(dict['/St'] ?? 1) + number - 1 - Number(range?.[0] ?? 0)
    return [index, range ? { ...dict, '/St': start } : { '/S': '/D', '/St': number }]
  })
  return { '/Nums': all }
}

/** The form with the fields that have a widget on one of the pages. */
function keptForm({ graph, catalog }: PdfPages, removed: ReadonlySet<string>): PdfValue {
  const form = graph.dict(catalog['/AcroForm'])
  const seen = new Set<PdfValue>()
  const isShown = (field: PdfValue): boolean => {
    if (seen.has(field) || removed.has(String(field))) return false
    seen.add(field)
    const kids = graph.list(graph.dict(field)['/Kids'])
    return kids.length === 0 || kids.some(isShown)
  }
  const fields = graph.list(form['/Fields']).filter(isShown)
  if (fields.length === 0) return null
  return { ...entriesOf(form, ['/DA', '/Q', '/DR', '/NeedAppearances']), '/Fields': fields }
}

function without(dict: PdfDict, name: string): PdfDict {
  const { [name]: _, ...rest } = dict
  return rest
}
