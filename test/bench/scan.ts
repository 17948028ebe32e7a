/**
 * How long the scan of a document takes before it is accepted, read from the storage as in the web process: the median
 * of some rounds for each, and p50 and p95 of all.
 *
 *   --folder DIR   real documents instead of those made here
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { scan, sourceOf } from '#lib/scan.ts'
import { openLocalStorage } from '#lib/storage/local.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { asAppError } from '#lib/vocabulary/errors.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { sheet } from '#test/documents/sheet.ts'

const ROUNDS = 7
/** The first rounds warm up: a server has seen a document before. */
const WARM_UP = 2

const { values: flags } = parseArgs({ options: { folder: { type: 'string' } } })
const place = await mkdtemp(join(tmpdir(), 'nightshift-bench-'))
const storage = await openLocalStorage(place)
const medians: number[] = []
for (const [name, bytes] of flags.folder === undefined ? await madeHere() : await filesOf(flags.folder)) {
  const key = `jobs/${medians.length}/source`
  await storage.write(key, Readable.from([bytes]))
  const { ms, outcome } = await measure({ storage, key, name, size: bytes.length })
  medians.push(ms)
  console.log(`${ms.toFixed(1).padStart(8)} ms  ${outcome.padEnd(20)} ${name}`)
}
await rm(place, { recursive: true })
const [p50, p95] = [0.5, 0.95].map(share => percentile(medians, share)?.toFixed(1))
console.log(`${medians.length} documents, scanned from the storage: p50 ${p50} ms, p95 ${p95} ms`)

interface Stored {
  storage: ObjectStore
  key: string
  name: string
  size: number
}

async function measure({ storage, key, name, size }: Stored): Promise<{ ms: number; outcome: string }> {
  const times: number[] = []
  let outcome = ''
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now()
    outcome = await scan(sourceOf(storage, key, size), name).then(
      ({ format }) => format,
      error => asAppError(error).code,
    )
    if (round >= WARM_UP) times.push(performance.now() - began)
  }
  return { ms: percentile(times, 0.5) ?? Number.NaN, outcome }
}

function percentile(values: number[], share: number): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)]
}

async function filesOf(folder: string): Promise<[string, Buffer][]> {
  const names = (await readdir(folder)).sort()
  return Promise.all(
    names.map(async (name): Promise<[string, Buffer]> => [name, await readFile(join(folder, name))]),
  )
}

async function madeHere(): Promise<[string, Buffer][]> {
  return [
    ['one slide.pptx', await deck({ slides: 1 })],
    ['fifty slides with pictures.pptx', await deck({ slides: 50, pictures: 50 })],
    ['twenty pages.docx', await letter({ pages: 20 })],
    ['a thousand rows.xlsx', await sheet({ rows: 1000 })],
  ]
}
