/**
 * Merges several sources into one PDF: each is converted by the engine where it is not a PDF, then they are joined. A
 * wrapper around another engine.
 */
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, aboutPart } from '#lib/vocabulary/errors.ts'
import { effectiveOptions, withoutExtension } from '#lib/vocabulary/formats.ts'
import { measured } from '#lib/vocabulary/job.ts'
import { FIRST_PAGE } from './document-paths.ts'
import { type Conversion, type ConversionPart, type Converted, type Engine, withConvert } from './engine.ts'
import { emptyFolder } from './folders.ts'
import { usualLoadShare } from './load-share.ts'
import type { PartPages } from './merged-pdf/part-pages.ts'
import { mergeParts } from './merged-pdf.ts'
import type { PagesOptions } from './pages.ts'
import { addPages } from './pdf-graph/add-pages.ts'
import { newBudget, readObjects, writePdf } from './pdf-graph/graph-files.ts'
import { PdfGraph } from './pdf-graph.ts'
import type { PdfWork } from './qpdf.ts'
import { openRegular } from './regular-file.ts'
import { ProcessorTime } from './watchdog/processor-time.ts'

/** The share of the conversions in the whole time; the rest is for joining. */
const CONVERTING = 0.95

/** The same engine, which also merges parts. */
export function withMerge(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const { parts } = conversion
    if (!parts) return engine.convert(conversion)
    const { directory } = conversion
    // The picture of the first part may still be read.
    const picture = join(directory, `${FIRST_PAGE}.png`)
    const sources = parts.map(({ sourcePath }) => sourcePath)
    const paths: string[] = []
    for (const [index, part] of parts.entries()) {
      paths.push(await namingPart(part, () => convertPart(conversionOf(conversion, parts, index), engine)))
      // The copies that wrappers made of a part have the names of the next one's.
      await emptyFolder(directory, new Set([...sources, ...paths, picture]))
    }
    return { ...(await joinParts(paths, parts, { conversion, options })), partPaths: paths }
  })
}

/** The path of the part's PDF, under a name that no other part uses. @throws as of the engine */
async function convertPart(conversion: Conversion, engine: Pick<Engine, 'convert'>): Promise<string> {
  const { sourcePath } = conversion
  // The process that converted an earlier part may have put something else there.
  const file = await openRegular(sourcePath)
  if (!file) throw new AppError('source_changed', { log: `${sourcePath} is no longer a regular file` })
  await file.close()
  const { path } = await engine.convert(conversion)
  const kept = `${sourcePath}.merged`
  await rename(path, kept)
  return kept
}

/** The conversion of one part. Limits of processor time are for each; its progress is a part of the whole. */
function conversionOf(whole: Conversion, parts: readonly ConversionPart[], index: number): Conversion {
  const { parts: _, onFirstPage, onProgress, ...shared } = whole
  const part = parts[index]
  if (!part) throw new RangeError(`there is no part ${index}`)
  let highest = 0
  return {
    ...shared,
    ...part,
    options: { ...effectiveOptions(whole.options ?? {}, { ...part, target: whole.target }), ...part.options },
    ...(index === 0 && onFirstPage && { onFirstPage }),
    loadShare: usualLoadShare(part.format),
    processor: new ProcessorTime(),
    onProgress: ({ percent }) => {
      highest = Math.max(highest, percent ?? 0)
      onProgress(measured('exporting', (CONVERTING * (100 * index + highest)) / parts.length))
    },
  }
}

/** @throws AppError `pdf_without_pages`, as `readObjects` and `writePdf`; the signal's reason */
async function joinParts(
  paths: readonly string[],
  parts: readonly ConversionPart[],
  work: PdfWork,
): Promise<Converted> {
  const { fileName = '', onProgress } = work.conversion
  const graph = PdfGraph.empty()
  const budget = newBudget()
  const read: PartPages[] = []
  for (const [index, part] of parts.entries()) {
    const title = withoutExtension(part.fileName)
    const pdf = { path: paths[index] ?? '', name: `objects-${index + 1}`, budget }
    const added = await namingPart(part, async () => addPages(graph, await readObjects(pdf, work)))
    if (added.pages.length === 0)
      throw new AppError('pdf_without_pages', { details: { part: part.fileName } })
    read.push({ ...added, title })
    onProgress(measured('exporting', 100 * CONVERTING + (4 * (index + 1)) / parts.length))
  }
  const trailer = mergeParts(graph, read, withoutExtension(fileName))
  const exported = read.reduce((sum, { pages }) => sum + pages.length, 0)
  return { path: await writePdf(graph, { trailer, name: 'merged' }, work), exported }
}

/** Says in an error which part it is about. */
async function namingPart<T>({ fileName }: ConversionPart, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw aboutPart(error, fileName)
  }
}
