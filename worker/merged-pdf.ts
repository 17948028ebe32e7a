/** Joins PDFs into one: the pages in order, with the outlines, links, names, labels, forms and tags of all parts. */

import { mergedLayers } from './merged-pdf/layers.ts'
import { mergedForm } from './merged-pdf/merged-forms.ts'
import { mergedNames } from './merged-pdf/merged-names.ts'
import { mergedTags } from './merged-pdf/merged-tags.ts'
import { mergedPageLabels } from './merged-pdf/page-labels.ts'
import type { PartPages } from './merged-pdf/part-pages.ts'
import { addPageTree } from './pdf-graph/flat-pages.ts'
import { addOutline, type OutlineItem, readOutline } from './pdf-graph/outline.ts'
import type { PdfGraph } from './pdf-graph.ts'
import type { PdfDict } from './standards/pdf-objects.ts'

/** Makes one document of the parts; returns the trailer. The title is that of the whole. */
export function mergeParts(graph: PdfGraph, parts: readonly PartPages[], title: string): PdfDict {
  const catalog = {
    '/Type': '/Catalog',
    ...mergedTags(graph, parts),
    '/PageLabels': mergedPageLabels(graph, parts),
    '/AcroForm': mergedForm(graph, parts),
    '/OCProperties': mergedLayers(graph, parts),
    '/Names': mergedNames(graph, parts),
    '/Outlines':
      addOutline(
        graph,
        parts.map(part => bookmarkOf(graph, part)),
      ) ?? null,
    '/PageMode': '/UseOutlines',
    '/Lang': parts.find(({ catalog }) => catalog['/Lang'] !== undefined)?.catalog['/Lang'] ?? null,
    '/ViewerPreferences': { '/DisplayDocTitle': true },
    '/Pages': addPageTree(
      graph,
      parts.flatMap(({ pages }) => pages),
    ),
  }
  return { '/Root': graph.add(catalog), '/Info': graph.add({ '/Title': `u:${title}` }) }
}

/** The part's own outline stands below its title. */
function bookmarkOf(graph: PdfGraph, { title, catalog, pages }: PartPages): OutlineItem {
  const children = readOutline(graph, catalog)
  const dict = { '/Title': `u:${title}`, '/Dest': [pages[0] ?? null, '/Fit'] }
  return { dict, isOpen: true, children }
}
