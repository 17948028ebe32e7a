import type { AttemptOutcome, Job, JobEvent, NewJob, Timings } from '../../jobs.ts'
import { AppError } from '../../vocabulary/errors.ts'
import { type JobError, mayBecome } from '../../vocabulary/job.ts'
import { backoffMs } from '../backoff.ts'
import type { Lease } from '../lease.ts'

/** A job with the fields that only this implementation needs. */
export interface JobTableEntry extends Job {
  queuedAt: number
  idempotencyKey: string | undefined
  worker: string | null
  heartbeatAt: number
  filesDeleted: boolean
  lease: Lease | undefined
  timings: Timings | undefined
}

/** All jobs and their transitions. Subscribers receive each change; new work wakes the consumers. */
export class JobTable {
  readonly entries = new Map<string, JobTableEntry>()
  readonly dead = new Set<string>()
  readonly subscribers = new Set<(event: JobEvent) => void>()
  readonly consumers = new Set<() => void>()

  find(id: string): JobTableEntry {
    const entry = this.entries.get(id)
    if (!entry) throw new AppError('job_not_found')
    return entry
  }

  where(which: (entry: JobTableEntry) => boolean): JobTableEntry[] {
    return [...this.entries.values()].filter(which)
  }

  /** The jobs that may start now, in their order. */
  waiting(): JobTableEntry[] {
    const due = (entry: JobTableEntry) =>
      entry.state === 'queued' && (entry.runAt?.getTime() ?? 0) <= Date.now()
    return this.where(due).sort((a, b) => a.queuedAt - b.queuedAt)
  }

  add({ idempotencyKey, sealed = null, flags = null, ...job }: NewJob): Job {
    const never = {
      progress: null,
      result: null,
      report: null,
      error: null,
      thumbnailKey: null,
      runAt: null,
      startedAt: null,
      finishedAt: null,
    }
    const first = {
      state: 'queued' as const,
      version: 0,
      attempt: 0,
      claims: 0,
      timeline: [],
      createdAt: new Date(),
    }
    const own = {
      queuedAt: Date.now(),
      heartbeatAt: 0,
      worker: null,
      lease: undefined,
      timings: undefined,
      filesDeleted: false,
    }
    const entry: JobTableEntry = { ...job, sealed, flags, ...never, ...first, ...own, idempotencyKey }
    this.entries.set(job.id, entry)
    return this.change(entry, {})
  }

  change(entry: JobTableEntry, fields: Partial<JobTableEntry>): Job {
    const to = fields.state ?? entry.state
    if (to !== entry.state && !mayBecome(entry.state, to))
      throw new Error(`a ${entry.state} job cannot be ${to}`)
    Object.assign(entry, fields, { version: entry.version + 1 })
    this.publish({ type: 'changed', id: entry.id, version: entry.version, state: entry.state })
    if (entry.state === 'queued') for (const consumer of this.consumers) queueMicrotask(consumer)
    return jobOf(entry)
  }

  publish(event: JobEvent): void {
    for (const subscriber of this.subscribers) queueMicrotask(() => subscriber(structuredClone(event)))
  }

  closeAttempt(entry: JobTableEntry, outcome: AttemptOutcome, errorCode: string | null = null): void {
    const last = entry.timeline.at(-1)
    if (last && !last.endedAt) Object.assign(last, { endedAt: new Date(), outcome, errorCode })
  }

  end(entry: JobTableEntry, fields: Partial<JobTableEntry>): Job {
    return this.change(entry, { ...RELEASED, finishedAt: new Date(), ...fields })
  }

  requeue(entry: JobTableEntry, fields: Partial<JobTableEntry>): Job {
    const job = this.change(entry, { ...RELEASED, state: 'queued', queuedAt: Date.now(), ...fields })
    if (entry.runAt) this.#wakeAt(entry.runAt.getTime())
    return job
  }

  /** Checks the clock again, because a timer may fire a millisecond early. */
  #wakeAt(time: number): void {
    const wait = time - Date.now()
    if (wait > 0) setTimeout(() => this.#wakeAt(time), wait).unref()
    else for (const consumer of this.consumers) consumer()
  }

  fail(entry: JobTableEntry, error: JobError, outcome: AttemptOutcome): void {
    this.closeAttempt(entry, outcome, error.code)
    if (error.retryable && entry.attempt < entry.maxAttempts) {
      const runAt = outcome === 'lost' ? null : new Date(Date.now() + backoffMs(entry.attempt))
      this.requeue(entry, { error, runAt })
      return
    }
    if (error.retryable) this.dead.add(entry.id)
    this.end(entry, { state: 'failed', error })
  }

  rescue(which: (entry: JobTableEntry) => boolean): string[] {
    const lost = this.where(entry => entry.state === 'running' && which(entry))
    for (const entry of lost) {
      entry.lease?.abort('lost')
      this.fail(entry, new AppError('worker_lost').toJobError(), 'lost')
    }
    return lost.map(entry => entry.id)
  }
}

const RELEASED = { progress: null, worker: null, runAt: null, lease: undefined }

/** The job as callers see it. */
export function jobOf(entry: JobTableEntry): Job {
  const {
    queuedAt: _q,
    idempotencyKey: _i,
    worker: _w,
    heartbeatAt: _h,
    filesDeleted: _f,
    lease: _l,
    timings: _t,
    ...job
  } = entry
  return structuredClone(job)
}
