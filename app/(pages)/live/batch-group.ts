/** The rows of one drop, and what is shown and offered for all of them. Pure. */
import { isFinished } from './announcements.ts'
import type { Row, Rows } from './rows.ts'

export type BatchAction = 'download' | 'cancel' | 'retry' | 'delete'

export interface BatchGroup {
  batchId: string
  rows: Rows
  /** The folder that all files lie in; null where there is none. */
  folder: string | null
  /** Of all together, from 0 to 100. */
  percent: number
  actions: readonly BatchAction[]
}

/** Rows in their order by batch; those of one batch follow each other. `now` is in milliseconds since 1970. */
export function groupsOf(rows: Rows, now: number): BatchGroup[] {
  const byBatch = new Map<string, Row[]>()
  for (const row of rows) {
    const own = byBatch.get(row.batchId)
    if (own) own.push(row)
    else byBatch.set(row.batchId, [row])
  }
  return [...byBatch].map(([batchId, own]) => ({
    batchId,
    rows: own,
    folder: commonFolder(own),
    percent: own.reduce((sum, row) => sum + percentOf(row), 0) / own.length,
    actions: actionsFor(own, now),
  }))
}

function actionsFor(rows: Rows, now: number): BatchAction[] {
  const jobs = rows.flatMap(row => (row.kind === 'job' ? [row.job] : []))
  const isKept = (job: { expiresAt: string }) => Date.parse(job.expiresAt) > now
  const isGoingOn = rows.some(row => !isFinished(row))
  return [
    ...(jobs.some(job => job.result && isKept(job)) ? (['download'] as const) : []),
    ...(jobs.some(job => job.state === 'failed' && isKept(job)) ? (['retry'] as const) : []),
    isGoingOn ? 'cancel' : 'delete',
  ]
}

/** Sending a file is no part of its conversion: until it is a job it is at 0. */
function percentOf(row: Row): number {
  if (isFinished(row)) return 100
  return row.kind === 'job' && row.job.state === 'running' ? (row.job.progress?.percent ?? 0) : 0
}

function commonFolder(rows: Rows): string | null {
  const folders = new Set(rows.map(row => (row.kind === 'job' ? row.job : row).folder?.split('/')[0] || null))
  const [only = null] = folders
  return folders.size === 1 ? only : null
}
