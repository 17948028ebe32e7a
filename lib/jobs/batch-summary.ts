import type { Batch, Jobs } from '../jobs.ts'
import type { JobPorts } from './ports.ts'
import { type Capacity, doneInS } from './start-estimate.ts'
import type { BatchRow } from './store.ts'

/** @see Jobs.batch */
export function createBatchSummary(
  { store }: Pick<JobPorts, 'store'>,
  capacity: () => Promise<Capacity>,
): Jobs['batch'] {
  return async id => {
    const row = await store.batch(id)
    if (!row) return undefined
    const left = row.counts.queued + row.counts.running > 0
    return summaryOf(id, row, left ? (await capacity()).throughput : null)
  }
}

function summaryOf(id: string, row: BatchRow, throughput: Capacity['throughput']): Batch {
  const { runningPercent, ...batch } = row
  const { queued, running } = row.counts
  const total = Object.values(row.counts).reduce((sum, count) => sum + count, 0)
  const ended = total - queued - running
  const left = queued + running - runningPercent / 100
  const secondsLeft = throughput && doneInS({ left, running }, throughput)
  return {
    id,
    ...batch,
    total,
    percent: Math.round((1000 * ended + 10 * runningPercent) / total) / 10,
    secondsLeft: ended === total ? 0 : secondsLeft,
  }
}
