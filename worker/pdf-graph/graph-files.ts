/** Reads the objects of PDFs and writes new ones, by qpdf in the sandbox; the data of streams stays in files there. */
import { join } from 'node:path'
import { AppError } from '#lib/vocabulary/errors.ts'
import { writeNewFile } from '#worker/new-file.ts'
import { unreadablePdf } from '#worker/open-pdf.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import { makePdf, type PdfWork, runQpdf } from '#worker/qpdf.ts'
import { openRegular } from '#worker/regular-file.ts'
import {
  type PdfDict,
  type PdfObjectList,
  type PdfValue,
  parseObjects,
  REFERENCE,
} from '#worker/standards/pdf-objects.ts'

/**
 * The largest lists of objects of all PDFs of a job together, in bytes; a thousand pages have some 6 MB. The worker
 * does nothing else while it changes one.
 */
const MOST_BYTES = 32e6
/** A write for each object would take longer than the objects. */
const CHUNK_LENGTH = 65_536
/** The beginning of qpdf's form, up to the objects. */
const HEAD = '{"qpdf":[{"jsonversion":2,"pdfversion":"1.7","maxobjectid":0},{'

/** How much memory the PDFs of a job may still take. */
export interface ReadingBudget {
  /** In bytes of their lists. */
  left: number
}

export const newBudget = (): ReadingBudget => ({ left: MOST_BYTES })

export interface PdfToRead {
  path: string
  budget: ReadingBudget
  /** Of the files beside it; no other PDF in the slot may have it. */
  name: string
}

/**
 * Lists all objects of a PDF; repairs it where that is possible.
 * @throws AppError `corrupt_file`, `pdf_too_complex`, as of `runQpdf`; the signal's reason
 */
export async function readObjects({ path, name, budget }: PdfToRead, work: PdfWork): Promise<PdfObjectList> {
  const { directory: slot } = work.conversion
  const { sandbox } = work.options
  const inside = (file: string) => sandbox.pathInside(slot, join(slot, file))
  const list = `${name}.json`
  const streams = ['--json-stream-data=file', `--json-stream-prefix=${inside(`${name}-stream`)}`]
  const source = sandbox.pathInside(slot, path)
  const words = ['--json-output=2', ...streams, source, inside(list)]
  const { code, stderr } = await runQpdf(words, work)
  if (code !== 0) throw unreadablePdf(`qpdf ended with ${code}: ${stderr.slice(0, 2000)}`)
  return parseObjects(await readList(join(slot, list), budget))
}

async function readList(path: string, budget: ReadingBudget): Promise<string> {
  const file = await openRegular(path)
  if (!file) throw unreadablePdf('qpdf wrote no list of objects')
  try {
    budget.left -= (await file.stat()).size
    if (budget.left < 0) throw new AppError('pdf_too_complex')
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

export interface PdfToWrite {
  trailer: PdfDict
  /** Of its files in the slot. */
  name: string
  /** Whether objects are compressed together. */
  objectStreams?: 'generate' | 'disable'
}

/**
 * Writes a PDF of all objects that the trailer leads to; returns its path.
 * @throws AppError as of `makePdf`; the signal's reason
 */
export async function writePdf(
  graph: PdfGraph,
  { trailer, name, objectStreams = 'generate' }: PdfToWrite,
  work: PdfWork,
): Promise<string> {
  const list = join(work.conversion.directory, `${name}-objects.json`)
  const { signal } = work.conversion
  await writeNewFile(list, chunksOfList(graph, trailer), signal)
  return makePdf(name, ['--json-input', `--object-streams=${objectStreams}`, list], work)
}

function* chunksOfList(graph: PdfGraph, trailer: PdfDict): Generator<string> {
  let chunk = HEAD
  for (const reference of reached(graph, trailer)) {
    const object = graph.raw(reference)
    if (object === undefined) continue
    chunk += `${JSON.stringify(`obj:${reference}`)}:${JSON.stringify(object)},\n`
    if (chunk.length < CHUNK_LENGTH) continue
    yield chunk
    chunk = ''
  }
  // qpdf corrects the size, but writes none, and with it a damaged file, where there is none.
  yield `${chunk}"trailer":{"value":${JSON.stringify({ ...trailer, '/Size': 1 })}}}]}`
}

/** All references that a value leads to, each once. */
function reached(graph: PdfGraph, start: PdfValue): Set<string> {
  const found = new Set<string>()
  const waiting: PdfValue[] = [start]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === 'string' && REFERENCE.test(value) && !found.has(value)) {
      found.add(value)
      waiting.push(graph.raw(value) ?? null)
    } else if (typeof value === 'object' && value !== null)
      for (const inner of Object.values(value)) waiting.push(inner)
  }
  return found
}
