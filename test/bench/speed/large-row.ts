import { join } from 'node:path'
import { Readable } from 'node:stream'
import { openLocalStorage } from '#lib/storage/local.ts'
import { photoDeck } from '#test/documents/photo-deck.ts'
import { clearAway, makeDataDir } from '#test/test-instance.ts'
import { checkResult } from '#worker/check-result.ts'
import { fetchSource, storeFile } from '#worker/transfer.ts'
import { any } from '#worker/uno/values.ts'
import { type BenchDocument, scanned } from '../engine/bench-documents.ts'
import { bareLoop, startedPool } from '../engine/contestants.ts'
import type { RowOptions, SpeedRow } from './row.ts'
import { inTurns, middleOf, ratioOf } from './turns.ts'

const SLIDES = 11
const LEAST = 0.95
const options = { lossless: true }
const filterData = {
  UseLosslessCompression: any('boolean', true),
  ReduceImageResolution: any('boolean', false),
}

/** A source of some 15 MB that becomes 60, from the storage into the storage, against a bare warm LibreOffice. */
export async function largeRow({ rounds }: RowOptions): Promise<SpeedRow[]> {
  const document = await scanned('large', 'pptx', await photoDeck(SLIDES))
  const attempts = await openAttempts(document)
  const bare = await bareLoop(undefined, { drawsFirstPage: true, filterData })
  try {
    const times = await inTurns(rounds, { ours: attempts.run, bare: () => bare.convert(document) })
    const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`
    const { bytes } = attempts
    return [
      {
        name: 'a large deck: a bare warm LibreOffice, of the attempt',
        details: [
          `${mb(document.bytes.length)} become ${mb(bytes())}; attempt ${middleOf(times.ours).toFixed(0)} ms, bare ${middleOf(times.bare).toFixed(0)} ms`,
          attempts.parts(),
        ],
        value: ratioOf(times.bare, times.ours),
        atLeast: LEAST,
      },
    ]
  } finally {
    await bare.close()
    await attempts.close()
  }
}

/** What the worker does of a job: the source from the storage, its conversion, the check, the result into the storage. */
async function openAttempts({ bytes, format, facts }: BenchDocument) {
  const pool = await startedPool('bwrap', { slots: 1 })
  const folder = makeDataDir()
  const storage = await openLocalStorage(folder)
  const { sha256 } = await storage.write('source', Readable.from([bytes]))
  const took: Record<string, number[]> = { fetch: [], convert: [], check: [], store: [] }
  let stored = 0
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now()
    const value = await work()
    took[name]?.push(performance.now() - begun)
    return value
  }
  return {
    bytes: () => stored,
    parts: () =>
      Object.entries(took)
        .map(([name, times]) => `${name} ${middleOf(times).toFixed(0)} ms`)
        .join(', '),
    run: () =>
      pool.slots.use(async directory => {
        const signal = AbortSignal.timeout(300_000)
        const transfer = { storage, signal }
        const sourcePath = join(directory, `source.${format}`)
        const about = { target: 'pdf', options, signal }
        await timed('fetch', () => fetchSource({ key: 'source', sha256 }, sourcePath, transfer))
        const quiet = { onProgress: () => {}, onFirstPage: () => {} }
        const converted = await timed('convert', () =>
          pool.engine.convert({ sourcePath, format, directory, ...about, ...quiet, ...facts }),
        )
        await timed('check', () => checkResult({ ...converted, ...about, slot: directory }, pool.sandbox))
        stored = (await timed('store', () => storeFile('result', converted.path, transfer))).bytes
        await storage.delete('result')
      }),
    close: async () => {
      await pool.close()
      await clearAway(folder)
    },
  }
}
