import type { AttemptOutcome, Job, JobMessage, NewJob, Timings, WorkerStatus } from '../../../jobs.ts'
import { allows, JOB_WRITES, type JobWrite, type JobWriteName } from '../../../vocabulary/job-life.ts'
import type { Clock } from '../../clock.ts'
import type { JobInsert, LeaseToken, Written } from '../../store.ts'

/** A job with the fields that only the store needs. */
export interface JobTableEntry extends Job {
  /** The only message that may claim the job. */
  messageId: string
  /** Since when that message is marked as unsent, in milliseconds since 1970; null where it is not. */
  unsentSince: number | null
  /** The order of the jobs that wait. */
  queueNumber: number
  idempotencyKey: string | undefined
  worker: string | null
  heartbeatAt: number
  timings: Timings | undefined
}

/** The rows of a memory store, which the stores of several processes may share. */
export class JobTable {
  readonly entries = new Map<string, JobTableEntry>()
  readonly workers = new Map<string, WorkerStatus>()
  readonly #clock: Clock
  #queueNumber = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  where(which: (entry: JobTableEntry) => boolean): JobTableEntry[] {
    return [...this.entries.values()].filter(which)
  }

  leased({ id, claim }: LeaseToken): JobTableEntry | undefined {
    const entry = this.entries.get(id)
    return entry?.state === 'running' && entry.claims === claim ? entry : undefined
  }

  /** The jobs that may start now, in their order. */
  waiting(): JobTableEntry[] {
    const isDue = (entry: JobTableEntry) =>
      entry.state === 'queued' && (entry.runAt?.getTime() ?? 0) <= this.#clock.now()
    return this.where(isDue).sort((a, b) => a.queueNumber - b.queueNumber)
  }

  /** @throws Error where a job with this id exists */
  add({ idempotencyKey, messageId, ...job }: JobInsert): JobTableEntry {
    if (this.entries.has(job.id)) throw new Error(`there is a job ${job.id} already`)
    const entry: JobTableEntry = {
      ...{ ...UNLESS_GIVEN, ...job, idempotencyKey, ...NEVER, ...this.queued(messageId) },
      ...{ state: 'queued', version: 1, attempt: 0, claims: 0, timeline: [] },
      createdAt: new Date(this.#clock.now()),
    }
    this.entries.set(job.id, entry)
    return entry
  }

  /** One write by the model, which determines state, version and counts; `fields` are the other changes. */
  write(name: JobWriteName, entry: JobTableEntry, fields: Partial<JobTableEntry>): JobTableEntry {
    if (!allows(name, entry.state)) throw new Error(`a ${entry.state} job has no ${name}`)
    const { to, claims, attempt }: JobWrite = JOB_WRITES[name]
    Object.assign(entry, fields)
    entry.state = to ?? entry.state
    entry.claims += claims
    entry.attempt += attempt
    entry.version++
    return entry
  }

  /** The fields of a job that waits for a new message, at the end of the queue. */
  queued(messageId: string) {
    return { ...RELEASED, messageId, unsentSince: this.#clock.now(), queueNumber: ++this.#queueNumber }
  }

  /** The fields of a job that has ended. */
  ended() {
    return { ...RELEASED, unsentSince: null, finishedAt: new Date(this.#clock.now()) }
  }

  closeAttempt(entry: JobTableEntry, outcome: AttemptOutcome, errorCode: string | null = null): void {
    const last = entry.timeline.at(-1)
    if (last && !last.endedAt)
      Object.assign(last, { endedAt: new Date(this.#clock.now()), outcome, errorCode })
  }
}

const RELEASED = { progress: null, worker: null, runAt: null, heartbeatAt: 0 }

/** What a new job has where its sender says nothing else. */
const UNLESS_GIVEN = {
  sealed: null,
  flags: null,
  sources: null,
  needs: null,
  retryOf: null,
  keepSource: true,
}

/** The fields that a new job does not have yet. */
const NEVER = {
  ...{ result: null, report: null, error: null, thumbnailKey: null },
  ...{ startedAt: null, finishedAt: null, timings: undefined, receipt: null },
} satisfies Partial<Record<keyof NewJob | keyof JobTableEntry, unknown>>

/** The message of an entry. */
export function messageOf({ id, messageId, runAt }: JobTableEntry): JobMessage {
  return { id: messageId, body: { jobId: id }, runAt }
}

export function writtenTo(entry: JobTableEntry): Written {
  return { job: jobOf(entry), unsent: entry.unsentSince === null ? null : messageOf(entry) }
}

/** The job as callers see it. */
export function jobOf(entry: JobTableEntry): Job {
  const {
    messageId: _m,
    unsentSince: _u,
    queueNumber: _q,
    idempotencyKey: _i,
    worker: _w,
    heartbeatAt: _h,
    timings: _t,
    ...job
  } = entry
  return structuredClone(job)
}
