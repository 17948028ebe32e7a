/** What happened to a job, step by step. Pure, so that server and browser render the same. */
import { isTerminal } from '#lib/vocabulary/job.ts'
import type { Snapshot, TimelineEntry } from '#lib/vocabulary/snapshot.ts'
import type { MessageKey, Texts } from '../messages/texts.ts'
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

const OUTCOMES: Readonly<Record<string, MessageKey>> = {
  completed: 'timeline.attemptCompleted',
  failed: 'timeline.attemptFailed',
  cancelled: 'timeline.attemptCancelled',
  lost: 'timeline.attemptLost',
  handed_back: 'timeline.attemptHandedBack',
  asked: 'timeline.attemptAsked',
}

/**
 * The steps of a job, oldest first. `attempts` may be older than the snapshot: the attempt that it does not have, and
 * the end of the last one, are taken from the snapshot.
 */
export function timelineSteps(
  job: Snapshot,
  attempts: readonly TimelineAttempt[],
  texts: Texts,
): TimelineStep[] {
  const { t } = texts
  const known = brought(job, attempts)
  const sent = { label: t('timeline.sent'), at: job.createdAt, detail: '' }
  const tries = known.map((attempt, index) => {
    const waitedSince = known[index - 1]?.endedAt ?? job.createdAt
    return {
      label: known.length > 1 ? t('timeline.attemptBegan', { n: attempt.attempt }) : t('timeline.began'),
      at: attempt.startedAt,
      detail: [
        t('timeline.waited', { time: between(texts, waitedSince, attempt.startedAt) }),
        ...ended(texts, attempt),
      ].join(t('page.comma')),
    }
  })
  return [sent, ...tries, ...endOf(texts, job), ...deletionOf(texts, job)]
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

function ended(texts: Texts, { startedAt, endedAt, outcome }: TimelineAttempt): string[] {
  if (!endedAt) return []
  const time = between(texts, startedAt, endedAt)
  return [texts.t(OUTCOMES[outcome ?? ''] ?? 'timeline.attemptEnded', { time })]
}

function endOf(texts: Texts, { state, createdAt, finishedAt }: Snapshot): TimelineStep[] {
  if (!finishedAt || state === 'queued' || state === 'running') return []
  const detail = texts.t('timeline.inAll', { time: between(texts, createdAt, finishedAt) })
  return [{ label: texts.t(`timeline.${state}`), at: finishedAt, detail }]
}

function deletionOf({ t }: Texts, { receipt }: Snapshot): TimelineStep[] {
  if (!receipt?.deletedAt) return []
  const why = receipt.by === 'owner' ? 'timeline.onRequest' : 'timeline.timeOver'
  return [{ label: t('timeline.filesDeleted'), at: receipt.deletedAt, detail: t(why) }]
}

const between = (texts: Texts, from: string, to: string) => duration(texts, Date.parse(to) - Date.parse(from))
