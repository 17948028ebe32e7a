import { benchDocuments } from '../engine/bench-documents.ts'
import { bareLoop, convertInSlot, startedPool } from '../engine/contestants.ts'
import type { RowOptions, SpeedRow } from './row.ts'
import { inTurns, middleOf, ratioOf } from './turns.ts'

const LEAST: Readonly<Record<string, number>> = { docx: 0.95, pptx: 0.97 }

/** What sandbox, progress and checks cost: the pool against a bare warm LibreOffice that draws the first page as well. */
export async function progressRow({ rounds }: RowOptions): Promise<SpeedRow[]> {
  const pool = await startedPool('bwrap', { slots: 1 })
  const bare = await bareLoop(undefined, { drawsFirstPage: true })
  const rows: SpeedRow[] = []
  try {
    for (const document of await benchDocuments(undefined)) {
      const times = await inTurns(rounds, {
        pool: () => convertInSlot(pool, document, () => {}),
        bare: () => bare.convert(document),
      })
      rows.push({
        name: `${document.name} (${document.format}): a bare warm LibreOffice, of the pool`,
        details: [`pool ${middleOf(times.pool).toFixed(0)} ms, bare ${middleOf(times.bare).toFixed(0)} ms`],
        value: ratioOf(times.bare, times.pool),
        atLeast: LEAST[document.format] ?? 1,
      })
    }
    return rows
  } finally {
    await bare.close()
    await pool.close()
  }
}
