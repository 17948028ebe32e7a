/** Keeps one of several equal streams of a graph, such as a picture that stands on pages of two parts. */
import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import { openRegular, sizeOfRegular } from '#worker/regular-file.ts'
import { isDict, type PdfDict, type PdfValue, REFERENCE } from '#worker/standards/pdf-objects.ts'

/** A picture refers to its mask and to its colours, and those to nothing. */
const ROUNDS = 3
/** Smaller ones are not worth the reading, in bytes. */
const LEAST_BYTES = 512

interface FileStream {
  reference: string
  dict: PdfDict
  path: string
  bytes: number
}

/**
 * Makes all references to equal streams lead to the first of them. `slot` holds the data of the streams.
 * @throws the system's error where that cannot be read
 */
export async function unifyStreams(
  graph: PdfGraph,
  references: readonly string[],
  slot: string,
): Promise<void> {
  const streams = await streamsIn(graph, references, slot)
  const sizes = Map.groupBy(streams, ({ bytes }) => bytes)
  const twins = [...sizes.values()].filter(alike => alike.length > 1).flat()
  const hashes = new Map<string, string>()
  for (const { reference, path } of twins) hashes.set(reference, await hashOf(path))
  const kept = new Map<string, string>()
  for (let round = 0; round < ROUNDS; round++) {
    const firsts = new Map<string, string>()
    for (const { reference, dict } of twins) {
      const key = `${hashes.get(reference)} ${JSON.stringify(Object.entries(led(dict, kept) as PdfDict).sort())}`
      const first = firsts.get(key)
      if (first) kept.set(reference, first)
      else firsts.set(key, reference)
    }
  }
  if (kept.size === 0) return
  for (const reference of references) graph.setRaw(reference, led(graph.raw(reference) ?? null, kept))
}

/** The streams that are worth it, with where their data is. */
async function streamsIn(
  graph: PdfGraph,
  references: readonly string[],
  slot: string,
): Promise<FileStream[]> {
  const found: FileStream[] = []
  for (const reference of references) {
    const raw = graph.raw(reference)
    const stream = isDict(raw) && isDict(raw.stream) ? raw.stream : undefined
    if (!stream || !isDict(stream.dict) || typeof stream.datafile !== 'string') continue
    if (isOfPage(stream.dict)) continue
    const path = join(slot, basename(stream.datafile))
    const bytes = await sizeOfRegular(path)
    if (bytes >= LEAST_BYTES) found.push({ reference, dict: stream.dict, path, bytes })
  }
  return found
}

/** The content of a page says nothing but how it is packed. Two are hardly ever equal, and there are many. */
function isOfPage(dict: PdfDict): boolean {
  return Object.keys(dict).every(name => ['/Length', '/Filter'].includes(name))
}

async function hashOf(path: string): Promise<string> {
  const file = await openRegular(path)
  if (!file) return path
  const hash = createHash('sha256')
  await pipeline(file.createReadStream(), hash)
  return hash.digest('hex')
}

/** A value whose references are replaced. */
function led(value: PdfValue, kept: ReadonlyMap<string, string>): PdfValue {
  if (typeof value === 'string') return REFERENCE.test(value) ? (kept.get(value) ?? value) : value
  if (Array.isArray(value)) return value.map(inner => led(inner, kept))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, led(inner, kept)]))
}
