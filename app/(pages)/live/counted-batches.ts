/** What the server counts of a batch, and a page that holds only some of its jobs cannot. Pure. */
import type { BatchView } from '#lib/vocabulary/batch.ts'
import { JOB_STATES } from '#lib/vocabulary/job.ts'
import { goesOnAlone, isFinished, type StateCounts } from './announcements.ts'
import type { Row, Rows } from './rows.ts'

export interface CountedBatch {
  /** The jobs without a row, by state. */
  others: StateCounts
  /** Of all jobs, from 0 to 100; null where the rows are all. */
  percent: number | null
  /** Null where unknown; 0 when all have ended. */
  secondsLeft: number | null
}

export type CountedBatches = ReadonlyMap<string, CountedBatch>

export const UNCOUNTED: CountedBatch = { others: {}, percent: null, secondsLeft: null }

/** The same batches where a newer view of one has arrived. An older one changes nothing. */
export function withBatch(
  views: ReadonlyMap<string, BatchView>,
  view: BatchView,
): ReadonlyMap<string, BatchView> {
  const known = views.get(view.id)
  return known && known.version > view.version ? views : new Map(views).set(view.id, view)
}

/** Of a deleted job the batch has a lower version next, and what is known counts it still. */
export function withoutBatch(
  views: ReadonlyMap<string, BatchView>,
  batchId: string,
): ReadonlyMap<string, BatchView> {
  if (!views.has(batchId)) return views
  return new Map([...views].filter(([id]) => id !== batchId))
}

/** What is not pushed any more says nothing of the time left. */
export function withoutEstimates(views: ReadonlyMap<string, BatchView>): ReadonlyMap<string, BatchView> {
  return new Map([...views].map(([id, view]) => [id, { ...view, secondsLeft: null }]))
}

/** Compares views with the rows of all jobs that the page has, also hidden ones. */
export function countedBatches(views: ReadonlyMap<string, BatchView>, rows: Rows): CountedBatches {
  if (views.size === 0) return new Map()
  const byBatch = Map.groupBy(rows, row => row.batchId)
  return new Map([...views].map(([id, view]) => [id, countedOf(view, byBatch.get(id) ?? [])]))
}

function countedOf(view: BatchView, rows: Rows): CountedBatch {
  const jobs = rows.flatMap(row => (row.kind === 'job' ? [row.job] : []))
  const isOver = !rows.some(goesOnAlone)
  // A view is up to a second older than the rows, so it says nothing where they are all.
  if (view.total <= jobs.length) return { ...UNCOUNTED, secondsLeft: isOver ? null : view.secondsLeft }
  const held = Map.groupBy(jobs, job => job.state)
  const others = JOB_STATES.flatMap(state => {
    const count = view.counts[state] - (held.get(state)?.length ?? 0)
    return count > 0 ? [[state, count] as const] : []
  })
  const uploads = rows.filter(isUpload).length
  return {
    others: Object.fromEntries(others),
    percent: (view.percent * view.total) / (view.total + uploads),
    secondsLeft: view.secondsLeft,
  }
}

const isUpload = (row: Row) => row.kind === 'upload'

/**
 * The batches that the page should hear of: those with something to wait for, and the one that a full list cuts off.
 * `most` is the length of a full list.
 */
export function batchesToFollow(rows: Rows, most: number): string[] {
  const jobs = rows.filter(row => row.kind === 'job')
  const open = jobs.filter(row => !isFinished(row))
  const last = jobs.length >= most ? jobs.slice(-1) : []
  return [...new Set([...open, ...last].map(row => row.batchId))]
}
