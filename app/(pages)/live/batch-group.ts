/** The rows of one drop, and what is shown and offered for all of them. Pure. */
import type { Texts } from '../messages/texts.ts'
import { goesOnAlone, isFinished, type StateCounts, summary } from './announcements.ts'
import { type CountedBatch, type CountedBatches, UNCOUNTED } from './counted-batches.ts'
import { hasResult, isKept } from './kept-files-text.ts'
import { type MergePart, mergeable } from './merge-order.ts'
import type { Row, Rows } from './rows.ts'

export type BatchAction = 'download' | 'merge' | 'cancel' | 'retry' | 'delete'

export interface BatchGroup {
  batchId: string
  rows: Rows
  /** How many files there are, also those without a row. */
  total: number
  /** How they stand, as `2 done, 1 running`. */
  summary: string
  /** The folder that all rows lie in; null where there is none. */
  folder: string | null
  /** Of all together, from 0 to 100. */
  percent: number
  /** Until all have ended; null where that is unknown, and when they have. */
  secondsLeft: number | null
  actions: readonly BatchAction[]
  /** Whether something of it will end unless the user acts. */
  goesOn: boolean
  /** The results that can be merged. */
  parts: readonly MergePart[]
  /** How many are left out of that because of a password or of what they forbid. */
  barred: number
}

interface GroupingOptions {
  /** In milliseconds since 1970. */
  now: number
  texts: Texts
  counted?: CountedBatches
}

/** Rows in their order by batch; those of one batch follow each other. */
export function groupsOf(rows: Rows, { now, texts, counted = new Map() }: GroupingOptions): BatchGroup[] {
  const byBatch = new Map<string, Row[]>()
  for (const row of rows) {
    const own = byBatch.get(row.batchId)
    if (own) own.push(row)
    else byBatch.set(row.batchId, [row])
  }
  return [...byBatch].map(([batchId, own]) => {
    const { others, percent, secondsLeft } = counted.get(batchId) ?? UNCOUNTED
    const { parts, barred } = mergeable(own, now)
    return {
      batchId,
      rows: own,
      total: own.length + sumOf(others),
      // Only a header shows it, and of hundreds of single files none has one.
      get summary() {
        return summary(texts, own, others)
      },
      folder: commonFolder(own),
      percent: percent ?? own.reduce((sum, row) => sum + percentOf(row), 0) / own.length,
      secondsLeft: secondsLeft || null,
      actions: actionsFor(own, { others, now, canMerge: parts.length > 1 }),
      goesOn: Boolean(others.queued || others.running) || own.some(goesOnAlone),
      parts,
      barred,
    }
  })
}

/** Whether something of it has not ended. */
export function isUnderWay({ actions }: BatchGroup): boolean {
  return actions.includes('cancel')
}

/** Of several groups together: how many files there are, how they stand, and how far all are. */
export function totalOf(
  groups: readonly BatchGroup[],
  counted: CountedBatches,
  texts: Texts,
): Pick<BatchGroup, 'total' | 'summary' | 'percent'> {
  const others: Record<string, number> = {}
  for (const { batchId } of groups)
    for (const [state, count] of Object.entries(counted.get(batchId)?.others ?? {}))
      others[state] = (others[state] ?? 0) + count
  const total = groups.reduce((sum, { total }) => sum + total, 0)
  return {
    total,
    percent: groups.reduce((sum, group) => sum + group.percent * group.total, 0) / Math.max(1, total),
    summary: summary(
      texts,
      groups.flatMap(({ rows }) => rows),
      others,
    ),
  }
}

interface ActionsOptions {
  others: CountedBatch['others']
  now: number
  canMerge: boolean
}

/** Cancel is last and Delete first, so that one never comes to the other’s place. */
function actionsFor(rows: Rows, { others, now, canMerge }: ActionsOptions): BatchAction[] {
  const jobs = rows.flatMap(row => (row.kind === 'job' ? [row.job] : []))
  const isGoingOn = others.queued || others.running || rows.some(row => !isFinished(row))
  const canDownload = others.completed || jobs.some(job => hasResult(job, now))
  const canRetry = others.failed || jobs.some(job => job.state === 'failed' && isKept(job, now))
  const offered: Record<BatchAction, unknown> = {
    delete: !isGoingOn,
    retry: canRetry,
    merge: canMerge,
    download: canDownload,
    cancel: isGoingOn,
  }
  return (Object.keys(offered) as BatchAction[]).filter(action => offered[action])
}

function sumOf(counts: StateCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
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
