/** Reads the PDFs of several exports of one document and writes one of them, by qpdf in the sandbox. */
import type { Conversion, Converted } from '#worker/engine.ts'
import { addPages, type PagesInGraph } from '#worker/pdf-graph/add-pages.ts'
import { newBudget, readObjects, writePdf } from '#worker/pdf-graph/graph-files.ts'
import { PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfWork } from '#worker/qpdf.ts'
import type { PdfDict, PdfObjectList } from '#worker/standards/pdf-objects.ts'
import { areDrawn } from './drawn-pages.ts'
import { unifyStreams } from './equal-streams.ts'
import { joinRanges } from './join-ranges.ts'
import { joinShares } from './join-shares.ts'

export interface Exports {
  /** The export of the document's own engine, and the paths of the others in its slot. */
  own: Converted
  others: readonly string[]
  /** For each page that was exported, hidden slides included, in which export it is drawn. */
  drawnIn: readonly number[]
  /** The start of the names of its files in the slot. */
  name: string
}

/**
 * Joins the exports; undefined where they do not fit together.
 * @throws as `readObjects` and `writePdf`; the signal's reason
 */
export async function joinExports(
  { own, others, drawnIn, name }: Exports,
  work: PdfWork,
): Promise<Converted | undefined> {
  const graph = PdfGraph.empty()
  const budget = newBudget()
  const parts: PagesInGraph[] = []
  for (const [index, path] of [own.path, ...others].entries())
    parts.push(addPages(graph, await readObjects({ path, name: `${name}-${index}`, budget }, work)))
  const drawn = drawnPages(drawnIn, own.slides, parts[0]?.pages.length)
  const slot = work.conversion.directory
  if (!drawn || !(await areDrawn(graph, { parts, drawnIn: drawn }, slot))) return undefined
  const trailer = joinShares(graph, { parts, drawnIn: drawn })
  if (!trailer) return undefined
  return { ...own, path: await writeParts(graph, { parts, trailer, name }, work) }
}

/** The PDFs of all ranges of a workbook, in order. */
export interface Ranges {
  objects: readonly PdfObjectList[]
  /** The number of their pages. */
  total: number
  name: string
}

/**
 * Puts the PDFs of a workbook's ranges one behind the other; undefined where they do not fit together.
 * @throws as `joinExports`
 */
export async function joinRangeFiles(
  { objects, total, name }: Ranges,
  work: PdfWork,
): Promise<string | undefined> {
  const graph = PdfGraph.empty()
  const parts = objects.map(listed => addPages(graph, listed))
  const count = parts.reduce((sum, { pages }) => sum + pages.length, 0)
  const trailer = count === total ? joinRanges(graph, parts) : undefined
  return trailer && writeParts(graph, { parts, trailer, name }, work)
}

interface Written {
  parts: readonly PagesInGraph[]
  trailer: PdfDict
  name: string
}

async function writeParts(graph: PdfGraph, { parts, trailer, name }: Written, work: PdfWork) {
  const references = parts.flatMap(part => part.references)
  await unifyStreams(graph, references, work.conversion.directory)
  // The report reads its fonts without unpacking.
  return writePdf(graph, { trailer, name, objectStreams: 'disable' }, work)
}

/**
 * What a joining makes; undefined where it fails, because one engine can export the document.
 * @throws the signal's reason
 */
export async function orNone<T>(
  { signal }: Pick<Conversion, 'signal'>,
  join: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await join()
  } catch (error) {
    if (signal.aborted) throw error
    return undefined
  }
}

/** The same for the pages of the PDF, which has none for hidden slides. */
function drawnPages(
  drawnIn: readonly number[],
  slides: readonly number[] | undefined,
  count: number | undefined,
): readonly number[] | undefined {
  if (drawnIn.length === count) return drawnIn
  if (slides?.length !== count) return undefined
  return slides?.map(slide => drawnIn[slide - 1] ?? 0)
}
