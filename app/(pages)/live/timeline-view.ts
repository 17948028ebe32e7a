/** What happened to a job, step by step. Pure, so that server and browser render the same. */
import { isTerminal } from '#lib/vocabulary/job.ts'
import type { Snapshot, TimelineEntry } from '#lib/vocabulary/snapshot.ts'
import { duration } from './format.ts'

/** An attempt as the page shows it: nobody there needs to know which worker made it. */
export type TimelineAttempt = Omit<TimelineEntry, 'worker'>

export interface TimelineStep {
  label: string
  /** An ISO time. */
  at: string
  /** How long it waited or took; empty where nothing is to be said. */
  detail: string
}

const OUTCOMES: Readonly<Record<string, string>> = {
  completed: 'done',
  failed: 'failed',
  cancelled: 'was cancelled',
  lost: 'was lost with its converter',
  handed_back: 'was put back in the queue, because the converter was stopped',
  asked: 'found that a password is needed',
}

/**
 * The steps of a job, oldest first. `attempts` may be older than the snapshot: the attempt that it does not have, and
 * the end of the last one, are taken from the snapshot.
 */
export function timelineSteps(job: Snapshot, attempts: readonly TimelineAttempt[]): TimelineStep[] {
  const known = brought(job, attempts)
  const sent = { label: 'Sent and put in the queue', at: job.createdAt, detail: '' }
  const tries = known.map((attempt, index) => {
    const waitedSince = known[index - 1]?.endedAt ?? job.createdAt
    return {
      label: known.length > 1 ? `Attempt ${attempt.attempt} began` : 'Conversion began',
      at: attempt.startedAt,
      detail: [waited(waitedSince, attempt), ended(attempt)].filter(Boolean).join(', '),
    }
  })
  return [sent, ...tries, ...endOf(job), ...deletionOf(job)]
}

/** Whether attempts have ended since these were read, of which the snapshot does not tell. */
export function isOutdated(job: Snapshot, attempts: readonly TimelineAttempt[]): boolean {
  const known = brought(job, attempts)
  const isOpen = known.slice(0, -1).some(({ endedAt }) => endedAt === null)
  return isOpen || (known.at(-1)?.attempt ?? 0) < job.attempt || known.length < job.attempt
}

function brought(job: Snapshot, attempts: readonly TimelineAttempt[]): TimelineAttempt[] {
  const last = attempts.at(-1)
  const { startedAt, attempt } = job
  if (!startedAt || job.state === 'queued') return [...attempts]
  const isNew = !last || Date.parse(startedAt) > Date.parse(last.startedAt)
  const current = isNew ? { attempt, startedAt, endedAt: null, outcome: null, errorCode: null } : last
  if (current.endedAt !== null || !isTerminal(job.state))
    return isNew ? [...attempts, current] : [...attempts]
  const closed = { ...current, endedAt: job.finishedAt, outcome: job.state }
  return isNew ? [...attempts, closed] : [...attempts.slice(0, -1), closed]
}

function waited(since: string, { startedAt }: TimelineAttempt): string {
  return `after ${between(since, startedAt)} of waiting`
}

function ended({ startedAt, endedAt, outcome }: TimelineAttempt): string {
  if (!endedAt) return ''
  return `${OUTCOMES[outcome ?? ''] ?? 'ended'} after ${between(startedAt, endedAt)}`
}

const ENDS = { completed: 'Completed', failed: 'Failed', cancelled: 'Cancelled' } as const

function endOf({ state, createdAt, finishedAt }: Snapshot): TimelineStep[] {
  if (!finishedAt || state === 'queued' || state === 'running') return []
  return [{ label: ENDS[state], at: finishedAt, detail: `${between(createdAt, finishedAt)} in all` }]
}

function deletionOf({ receipt }: Snapshot): TimelineStep[] {
  if (!receipt?.deletedAt) return []
  const why = receipt.by === 'owner' ? 'on request' : 'because their time was over'
  return [{ label: 'Files deleted', at: receipt.deletedAt, detail: why }]
}

const between = (from: string, to: string) => duration(Date.parse(to) - Date.parse(from))
