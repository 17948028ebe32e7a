/** Reads the objects of PDFs and writes new ones, by qpdf in the sandbox; the data of streams stays in files there. */
import { createWriteStream } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError } from '#lib/vocabulary/errors.ts'
import { unreadablePdf } from '#worker/open-pdf.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import { makePdf, type PdfWork, runQpdf } from '#worker/qpdf.ts'
import { openRegular } from '#worker/regular-file.ts'
import {
  isDict,
  type PdfDict,
  type PdfObjectList,
  type PdfValue,
  parseObjects,
  REFERENCE,
} from '#worker/standards/pdf-objects.ts'

/** The largest list of objects of one PDF, in bytes; a thousand pages have a tenth of it. */
const MOST_BYTES = 64e6
/** The beginning of qpdf's form, up to the objects. */
const HEAD = '{"qpdf":[{"jsonversion":2,"pdfversion":"1.7","maxobjectid":0},{'

export interface PdfToRead {
  path: string
  /** Of the files beside it; no other PDF in the slot may have it. */
  name: string
}

/**
 * Lists all objects of a PDF; repairs it where that is possible.
 * @throws AppError `corrupt_file`, `pdf_too_complex`, as of `runQpdf`; the signal's reason
 */
export async function readObjects({ path, name }: PdfToRead, work: PdfWork): Promise<PdfObjectList> {
  const { directory: slot } = work.conversion
  const { sandbox } = work.options
  const inside = (file: string) => sandbox.pathInside(slot, join(slot, file))
  const list = `${name}.json`
  const streams = ['--json-stream-data=file', `--json-stream-prefix=${inside(`${name}-stream`)}`]
  const source = sandbox.pathInside(slot, path)
  const words = ['--json-output=2', ...streams, source, inside(list)]
  const { code, stderr } = await runQpdf(words, work)
  if (code !== 0) throw unreadablePdf(`qpdf ended with ${code}: ${stderr.slice(0, 2000)}`)
  return parseObjects(await readList(join(slot, list)))
}

async function readList(path: string): Promise<string> {
  const file = await openRegular(path)
  if (!file) throw unreadablePdf('qpdf wrote no list of objects')
  try {
    if ((await file.stat()).size > MOST_BYTES) throw new AppError('pdf_too_complex')
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

/**
 * Writes a PDF of all objects that the trailer leads to; returns its path. `name` is that of its files in the slot.
 * @throws AppError as of `makePdf`; the signal's reason
 */
export async function writePdf(
  graph: PdfGraph,
  { trailer, name }: { trailer: PdfDict; name: string },
  work: PdfWork,
): Promise<string> {
  const list = join(work.conversion.directory, `${name}-objects.json`)
  const { signal } = work.conversion
  await pipeline(linesOf(graph, trailer), createWriteStream(list, { flags: 'wx' }), { signal })
  await chmod(list, 0o644)
  return makePdf(name, ['--json-input', '--object-streams=generate', list], work)
}

function* linesOf(graph: PdfGraph, trailer: PdfDict): Generator<string> {
  yield HEAD
  for (const reference of reached(graph, trailer)) {
    const object = graph.raw(reference)
    if (object !== undefined) yield `${JSON.stringify(`obj:${reference}`)}:${JSON.stringify(object)},\n`
  }
  // qpdf corrects the size, but writes none, and with it a damaged file, where there is none.
  yield `"trailer":{"value":${JSON.stringify({ ...trailer, '/Size': 1 })}}}]}`
}

/** All references that a value leads to, each once. */
function reached(graph: PdfGraph, start: PdfValue): Set<string> {
  const found = new Set<string>()
  const waiting: PdfValue[] = [start]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === 'string' && REFERENCE.test(value) && !found.has(value)) {
      found.add(value)
      waiting.push(graph.raw(value) ?? null)
    } else if (Array.isArray(value)) waiting.push(...value)
    else if (isDict(value)) waiting.push(...Object.values(value))
  }
  return found
}
