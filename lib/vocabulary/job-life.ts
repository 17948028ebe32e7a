/**
 * The life of a job's row: every write there is, who may make it, from which state to which, and what it leaves. The
 * implementations of Jobs take their conditions from here, and the tests replay what they recorded against it.
 */
import type { JobState } from './job.ts'

/** Who writes: a person, a worker that takes a job, the attempt that holds the lease, or maintenance. */
export type JobWriter = 'sender' | 'worker' | 'attempt' | 'maintenance'

/** Every write raises `version` by one; the number of claims and attempts changes by what is said here. */
export interface JobWrite {
  by: readonly JobWriter[]
  from: readonly JobState[]
  /** Null where the state stays. */
  to: JobState | null
  claims: 0 | 1
  attempt: -1 | 0 | 1
}

const ENDED = ['completed', 'failed', 'cancelled'] as const
const same = { claims: 0, attempt: 0 } as const
const byAttempt = { ...same, by: ['attempt'], from: ['running'] } as const

export const JOB_WRITES = {
  claim: { by: ['worker'], from: ['queued'], to: 'running', claims: 1, attempt: 1 },
  /** Writes progress or shows the picture of the first page. */
  report: { ...byAttempt, to: null },
  complete: { ...byAttempt, to: 'completed' },
  /** The attempt failed, or its worker is gone; another one follows. */
  requeue: { ...same, by: ['attempt', 'maintenance'], from: ['running'], to: 'queued' },
  /** The attempt failed, or its worker is gone; no other one follows. */
  fail: { ...same, by: ['attempt', 'maintenance'], from: ['running'], to: 'failed' },
  handBack: { ...byAttempt, to: 'queued', attempt: -1 },
  cancel: { ...same, by: ['sender'], from: ['queued', 'running'], to: 'cancelled' },
  retry: { ...same, by: ['sender'], from: ['failed', 'cancelled'], to: 'queued' },
  /** Source and result were deleted; the row is history now. */
  markFilesDeleted: { ...same, by: ['maintenance'], from: ENDED, to: null },
} as const satisfies Record<string, JobWrite>

export type JobWriteName = keyof typeof JOB_WRITES

type FromStates<W extends JobWriteName> = (typeof JOB_WRITES)[W]['from'][number]

/** The states in which a write may happen: its condition. */
export function statesFor<W extends JobWriteName>(write: W): FromStates<W>[] {
  return [...JOB_WRITES[write].from]
}

/** Whether a write may happen in this state. */
export function allows(write: JobWriteName, state: JobState): boolean {
  const { from }: JobWrite = JOB_WRITES[write]
  return from.includes(state)
}

/** Whether one write takes a job from state `from` to another state `to`. */
export function mayBecome(from: JobState, to: JobState): boolean {
  return Object.values(JOB_WRITES).some((write: JobWrite) => write.to === to && write.from.includes(from))
}

/** The fields of a row that its state decides. */
export type StateField = 'progress' | 'result' | 'error' | 'runAt' | 'startedAt' | 'finishedAt'

/** What a row in this state holds (true) and lacks (false); it may have what is not named. */
export const STATE_FIELDS: Readonly<Record<JobState, Readonly<Partial<Record<StateField, boolean>>>>> = {
  queued: { progress: false, result: false, finishedAt: false },
  running: { result: false, error: false, runAt: false, startedAt: true, finishedAt: false },
  // The result goes with the files; until then it is there.
  completed: { progress: false, error: false, runAt: false, startedAt: true, finishedAt: true },
  failed: { progress: false, result: false, error: true, runAt: false, startedAt: true, finishedAt: true },
  cancelled: { progress: false, result: false, runAt: false, finishedAt: true },
}
