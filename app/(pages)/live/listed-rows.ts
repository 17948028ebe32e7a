/** Which rows the list shows, and in whose place it offers to undo a deletion. Pure. */
import { isFinished } from './announcements.ts'
import { ALL_JOBS, type PendingDeletion } from './pending-deletions.ts'
import type { Row, Rows } from './rows.ts'

export interface ListedBatch {
  batchId: string
  /** Of the whole batch. */
  deletion: PendingDeletion | null
  rows: readonly ListedRow[]
}

export interface ListedRow {
  row: Row
  /** Of this row alone. */
  deletion: PendingDeletion | null
}

export interface Unlisted {
  deletions: readonly PendingDeletion[]
  /** The ids of jobs that the user cleared from the list. */
  cleared: ReadonlySet<string>
}

/**
 * The rows of each batch, without those that were cleared from the list, and those that were deleted for good; their own
 * page shows the receipt.
 */
export function listedBatches(rows: Rows, { deletions, cleared }: Unlisted): ListedBatch[] {
  if (deletions.some(({ key }) => key === ALL_JOBS)) return []
  const pending = new Map(deletions.map(deletion => [deletion.key, deletion]))
  const byBatch = Map.groupBy(
    rows.filter(row => !isDeleted(row) && !isCleared(row, cleared)),
    row => row.batchId,
  )
  return [...byBatch].map(([batchId, own]) => ({
    batchId,
    deletion: pending.get(batchId) ?? null,
    rows: own.map(row => ({
      row,
      deletion: (row.kind === 'job' && pending.get(row.job.id)) || null,
    })),
  }))
}

/** The rows that are not deleted, not even with the chance to undo it. */
export function keptRows(batches: readonly ListedBatch[]): Row[] {
  return batches.flatMap(batch =>
    batch.deletion ? [] : batch.rows.flatMap(({ row, deletion }) => (deletion ? [] : [row])),
  )
}

/** A job that was cleared is shown again while it converts again. */
export function isCleared(row: Row, cleared: ReadonlySet<string>): boolean {
  return row.kind === 'job' && cleared.has(row.job.id) && isFinished(row) && !isDeleted(row)
}

function isDeleted(row: Row): boolean {
  return row.kind === 'job' && row.job.receipt?.by === 'owner'
}
