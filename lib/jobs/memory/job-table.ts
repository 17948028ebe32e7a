import type { AttemptOutcome, Job, JobEvent, NewJob, Timings } from '../../jobs.ts'
import { AppError } from '../../vocabulary/errors.ts'
import type { StoredError } from '../../vocabulary/job.ts'
import { allows, JOB_WRITES, type JobWrite, type JobWriteName } from '../../vocabulary/job-life.ts'
import { backoffMs } from '../backoff.ts'
import type { Clock } from '../clock.ts'
import type { Lease } from '../lease.ts'
import { createMemoryQueue } from './memory-queue.ts'

/** A job with the fields that only this implementation needs. */
export interface JobTableEntry extends Job {
  /** The only message that may claim the job. */
  messageId: number
  queuedAt: number
  idempotencyKey: string | undefined
  worker: string | null
  heartbeatAt: number
  filesDeleted: boolean
  lease: Pick<Lease, 'abort' | 'end'> | undefined
  timings: Timings | undefined
}

/** All jobs and their transitions. Subscribers receive each change; new work wakes the consumers. */
export class JobTable {
  readonly clock: Clock
  readonly entries = new Map<string, JobTableEntry>()
  readonly messages = createMemoryQueue()
  readonly dead = new Set<string>()
  readonly subscribers = new Set<(event: JobEvent) => void>()
  readonly consumers = new Set<() => void>()
  readonly #random: () => number

  constructor(clock: Clock, random: () => number = Math.random) {
    this.clock = clock
    this.#random = random
  }

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
      entry.state === 'queued' && (entry.runAt?.getTime() ?? 0) <= this.clock.now()
    return this.where(due).sort((a, b) => a.queuedAt - b.queuedAt)
  }

  /** @throws Error where a job with this id exists */
  add({ idempotencyKey, sealed = null, flags = null, ...job }: NewJob): Job {
    if (this.entries.has(job.id)) throw new Error(`there is a job ${job.id} already`)
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
      version: 1,
      attempt: 0,
      claims: 0,
      timeline: [],
      createdAt: new Date(this.clock.now()),
    }
    const own = {
      messageId: this.messages.send(job.id),
      queuedAt: this.clock.now(),
      heartbeatAt: 0,
      worker: null,
      lease: undefined,
      timings: undefined,
      filesDeleted: false,
    }
    const entry: JobTableEntry = { ...job, sealed, flags, ...never, ...first, ...own, idempotencyKey }
    this.entries.set(job.id, entry)
    return this.#changed(entry)
  }

  /** One write by the model, which determines state, version and counts; `fields` are the other changes. */
  write(name: JobWriteName, entry: JobTableEntry, fields: Partial<JobTableEntry>): Job {
    if (!allows(name, entry.state)) throw new Error(`a ${entry.state} job has no ${name}`)
    const { to, claims, attempt }: JobWrite = JOB_WRITES[name]
    Object.assign(entry, fields)
    entry.state = to ?? entry.state
    entry.claims += claims
    entry.attempt += attempt
    entry.version++
    return this.#changed(entry)
  }

  publish(event: JobEvent): void {
    for (const subscriber of this.subscribers) this.clock.soon(() => subscriber(structuredClone(event)))
  }

  wakeConsumers(): void {
    for (const wake of this.consumers) wake()
  }

  closeAttempt(entry: JobTableEntry, outcome: AttemptOutcome, errorCode: string | null = null): void {
    const last = entry.timeline.at(-1)
    if (last && !last.endedAt)
      Object.assign(last, { endedAt: new Date(this.clock.now()), outcome, errorCode })
  }

  end(name: JobWriteName, entry: JobTableEntry, fields: Partial<JobTableEntry> = {}): Job {
    this.messages.acknowledge(entry.messageId)
    return this.write(name, entry, { ...RELEASED, finishedAt: new Date(this.clock.now()), ...fields })
  }

  requeue(name: JobWriteName, entry: JobTableEntry, fields: Partial<JobTableEntry>): Job {
    this.messages.acknowledge(entry.messageId)
    const { runAt = null } = fields
    const messageId = this.messages.send(entry.id, runAt?.getTime())
    const waiting = { ...RELEASED, messageId, queuedAt: this.clock.now() }
    const job = this.write(name, entry, { ...waiting, ...fields })
    if (runAt) this.#wakeAt(runAt.getTime())
    return job
  }

  fail(entry: JobTableEntry, error: StoredError, outcome: AttemptOutcome): void {
    this.closeAttempt(entry, outcome, error.code)
    if (error.retryable && entry.attempt < entry.maxAttempts) {
      const wait = backoffMs(entry.attempt, this.#random)
      const runAt = outcome === 'lost' ? null : new Date(this.clock.now() + wait)
      this.requeue('requeue', entry, { error, runAt })
      return
    }
    if (error.retryable) this.dead.add(entry.id)
    this.end('fail', entry, { error })
  }

  rescue(which: (entry: JobTableEntry) => boolean): string[] {
    const lost = this.where(entry => entry.state === 'running' && which(entry))
    for (const entry of lost) {
      entry.lease?.abort('lost')
      this.fail(entry, new AppError('worker_lost').toStoredError(), 'lost')
    }
    return lost.map(entry => entry.id)
  }

  #changed(entry: JobTableEntry): Job {
    this.publish({ type: 'changed', id: entry.id, version: entry.version, state: entry.state })
    if (entry.state === 'queued') this.wakeConsumers()
    return jobOf(entry)
  }

  /** Checks the clock again, because a timer may fire a millisecond early. */
  #wakeAt(time: number): void {
    const wait = time - this.clock.now()
    if (wait > 0) this.clock.after(wait, () => this.#wakeAt(time))
    else this.wakeConsumers()
  }
}

const RELEASED = { progress: null, worker: null, runAt: null, lease: undefined }

/** The job as callers see it. */
export function jobOf(entry: JobTableEntry): Job {
  const {
    messageId: _m,
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
