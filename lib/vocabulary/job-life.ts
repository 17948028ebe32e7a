/**
 * The model of a job's row: every write, who may make it, its states before and after, and what it leaves. The
 * implementations of Jobs derive their conditions from it, and the tests check recorded writes against it. For which
 * message a job waits, and whether that or one of its webhook was sent, is no part of its life.
 */
import { JOB_STATES, type JobState } from './job.ts'

/** The writer: a user, a worker that claims a job, the attempt with the lease, maintenance, or a web process that delivers. */
export type JobWriter = 'sender' | 'worker' | 'attempt' | 'maintenance' | 'web'

/** Every write raises `version` by one; the counts of claims and attempts change as given here. */
export interface JobWrite {
  by: readonly JobWriter[]
  from: readonly JobState[]
  /** Null where the state does not change. */
  to: JobState | null
  claims: 0 | 1
  attempt: -1 | 0 | 1
  /** Whether the job must need something of its sender before the write (null: it may), and whether it does after it (null: as the rule decides); `same`: as before. */
  needs: readonly [before: boolean | null, after: boolean | null] | 'same'
}

const ENDED = ['completed', 'failed', 'cancelled'] as const
const NOTHING = [false, false] as const
const same = { claims: 0, attempt: 0, needs: NOTHING } as const
const byAttempt = { ...same, by: ['attempt'], from: ['running'] } as const

export const JOB_WRITES = {
  claim: { by: ['worker'], from: ['queued'], to: 'running', claims: 1, attempt: 1, needs: NOTHING },
  /** Writes progress or the picture of the first page. */
  report: { ...byAttempt, to: null },
  complete: { ...byAttempt, to: 'completed' },
  /** The attempt failed, or its worker is gone; another one follows. */
  requeue: { ...same, by: ['attempt', 'maintenance'], from: ['running'], to: 'queued' },
  /** The attempt failed, or its worker is gone; no other one follows. */
  fail: { ...same, by: ['attempt', 'maintenance'], from: ['running'], to: 'failed' },
  handBack: { ...byAttempt, to: 'queued', attempt: -1 },
  /** The attempt found that something is missing that only the sender knows; it does not count. */
  ask: { ...byAttempt, to: 'queued', attempt: -1, needs: [false, true] },
  /** The sender added what was missing. */
  answer: { ...same, by: ['sender'], from: ['queued'], to: null, needs: [true, false] },
  /** The job expired before its sender added what was missing. */
  failUnanswered: { ...same, by: ['maintenance'], from: ['queued'], to: 'failed', needs: [true, false] },
  cancel: { ...same, by: ['sender'], from: ['queued', 'running'], to: 'cancelled', needs: [null, null] },
  retry: { ...same, by: ['sender'], from: ['failed', 'cancelled'], to: 'queued', needs: [null, null] },
  /** The sender wants the files deleted: from now on they are withheld, and maintenance deletes what is left of them. */
  requestDeletion: { ...same, by: ['sender'], from: ENDED, to: null, needs: [null, null] },
  /** The sender wants nothing kept but the receipt: owner and names are emptied, and the files are to be deleted. */
  purge: { ...same, by: ['sender'], from: ENDED, to: null, needs: [null, false] },
  /** The result's file was missing, or is there again. */
  recordLoss: { ...same, by: ['maintenance'], from: ['completed'], to: null },
  /** A try to deliver an end to its webhook begins or has ended, it is sent again, or the call that creates a batch is over. */
  webhook: { ...same, by: ['web', 'sender'], from: JOB_STATES, to: null, needs: 'same' },
  /** Source and result were deleted; only the row is left. */
  markFilesDeleted: { ...same, by: ['maintenance'], from: ENDED, to: null, needs: [null, null] },
} as const satisfies Record<string, JobWrite>

export type JobWriteName = keyof typeof JOB_WRITES

type FromStates<W extends JobWriteName> = (typeof JOB_WRITES)[W]['from'][number]

/** The states in which a write is allowed: its condition. */
export function statesFor<W extends JobWriteName>(write: W): FromStates<W>[] {
  return [...JOB_WRITES[write].from]
}

/** Whether a write is allowed in this state. */
export function allows(write: JobWriteName, state: JobState): boolean {
  const { from }: JobWrite = JOB_WRITES[write]
  return from.includes(state)
}

/** Whether an attempt that ended in this way counts as one of those that a job may have. */
export function countsAsAttempt(outcome: string | null): boolean {
  return outcome !== 'handed_back' && outcome !== 'asked'
}

/** Whether one write changes a job from state `from` to another state `to`. */
export function mayBecome(from: JobState, to: JobState): boolean {
  return Object.values(JOB_WRITES).some((write: JobWrite) => write.to === to && write.from.includes(from))
}

/** The fields of a row that depend on its state. */
export type StateField = 'progress' | 'result' | 'error' | 'runAt' | 'startedAt' | 'finishedAt'

/** The fields that a row in this state has (true) or lacks (false); the others are optional. */
export const STATE_FIELDS: Readonly<Record<JobState, Readonly<Partial<Record<StateField, boolean>>>>> = {
  queued: { progress: false, result: false, finishedAt: false },
  running: { result: false, error: false, runAt: false, startedAt: true, finishedAt: false },
  // The result exists until the files are deleted.
  completed: { progress: false, error: false, runAt: false, startedAt: true, finishedAt: true },
  // One that nobody answered never started.
  failed: { progress: false, result: false, error: true, runAt: false, finishedAt: true },
  cancelled: { progress: false, result: false, runAt: false, finishedAt: true },
}
