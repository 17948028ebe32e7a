import type { AddedPdf, PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfDict, PdfObjectList } from '#worker/standards/pdf-objects.ts'
import { makeExplicit } from './destinations.ts'
import { flatPages } from './flat-pages.ts'

/** A PDF in a graph, whose pages can be put elsewhere. */
export interface PagesInGraph extends AddedPdf {
  /** The references of its pages in order. */
  pages: readonly string[]
}

/** Adds a PDF to a graph in a form in which each of its pages is right without the others. */
export function addPages(graph: PdfGraph, objects: PdfObjectList): PagesInGraph {
  const added = graph.addPdf(objects)
  const pages = flatPages(graph, added.catalog)
  makeExplicit(graph, added, pages)
  graph.rewrite(added.references, withoutSignature)
  return { ...added, pages }
}

/** Signatures are no longer valid in another file: they remain as they look. */
function withoutSignature(dict: PdfDict): PdfDict {
  if (dict['/FT'] !== '/Sig') return dict
  const { '/V': _, ...field } = dict
  return field
}
