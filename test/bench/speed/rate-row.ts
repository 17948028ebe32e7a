import { availableParallelism } from 'node:os'
import { startWebAndWorker } from '#test/web-and-worker.ts'
import { type BenchDocument, benchDocuments } from '../engine/bench-documents.ts'
import { convertAt } from './convert-at.ts'
import type { RowOptions, SpeedRow } from './row.ts'
import { inTurns, middleOf, sideBySide } from './turns.ts'

/** Conversions in each turn, of one document. */
const COUNT = 24
const CORES = availableParallelism()
/** Two for each slot, so that none waits for a file. */
const SENDERS = 2 * CORES

/**
 * How many documents the whole product converts a second, by `POST /api/convert` with a slot for each core, divided by
 * the cores: sender, web process, database and worker share them.
 */
export async function rateRow({ rounds }: RowOptions): Promise<SpeedRow[]> {
  const product = await startWebAndWorker({ SLOTS: String(CORES) }, { recorded: false })
  try {
    const documents = await benchDocuments(undefined)
    const all = (document: BenchDocument) =>
      sideBySide(SENDERS, COUNT, () => convertAt(product.url, document))
    const times = await inTurns(
      rounds,
      Object.fromEntries(documents.map(document => [document.name, () => all(document)])),
    )
    return documents.map(({ name, format }) => {
      const ms = middleOf(times[name] ?? [])
      return {
        name: `${name} (${format}): conversions a second and core`,
        details: [`${COUNT} in ${ms.toFixed(0)} ms on ${CORES} cores`],
        value: (COUNT * 1000) / ms / CORES,
      }
    })
  } finally {
    await product.end()
  }
}
