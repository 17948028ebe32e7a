import { deck } from '#test/documents/deck.ts'
import { startWebAndWorker } from '#test/web-and-worker.ts'
import { scanned } from '../engine/bench-documents.ts'
import { convertInSlot, startedPool } from '../engine/contestants.ts'
import { convertAt } from './convert-at.ts'
import type { RowOptions, SpeedRow } from './row.ts'
import { inTurns, middleOf, ratioOf, sideBySide } from './turns.ts'

/** Conversions in each turn, one after the other. */
const EACH = 10
const MOST = 1.6

/** One slide by `POST /api/convert`, against the same slide in the pool's slot: what all else of the product adds. */
export async function convertRow({ rounds, against }: RowOptions): Promise<SpeedRow[]> {
  const document = await scanned('1 slide', 'pptx', await deck({ slides: 1 }))
  const pool = await startedPool('bwrap', { slots: 1 })
  const product = await startWebAndWorker({}, { recorded: false })
  const other = against === undefined ? undefined : await startWebAndWorker({}, { recorded: false }, against)
  const post = (url: string) => () => sideBySide(1, EACH, () => convertAt(url, document))
  try {
    const times = await inTurns(rounds, {
      pool: () => sideBySide(1, EACH, () => convertInSlot(pool, document)),
      drawing: () => sideBySide(1, EACH, () => convertInSlot(pool, document, () => {})),
      convert: post(product.url),
      other: other ? post(other.url) : async () => {},
    })
    const each = (values: readonly number[]) => `${(middleOf(values) / EACH).toFixed(1)} ms`
    const details = [
      `pool ${each(times.pool)}, POST /api/convert ${each(times.convert)}`,
      `a pool that also draws the first page, as the product does, ${each(times.drawing)}: ${ratioOf(times.convert, times.drawing).toFixed(2)}`,
    ]
    if (other)
      details.push(`the other clone ${each(times.other)}: ${ratioOf(times.other, times.pool).toFixed(2)}`)
    return [
      {
        name: 'POST /api/convert of one slide, of the pool’s own time',
        details,
        value: ratioOf(times.convert, times.pool),
        atMost: MOST,
      },
    ]
  } finally {
    await product.end()
    await other?.end()
    await pool.close()
  }
}
