import type { AttemptOutcome, AttemptRecord, Job, NewJob, Timings, WebhookMessage } from '../../../jobs.ts'
import type { Need } from '../../../vocabulary/job.ts'
import { allows, JOB_WRITES, type JobWrite, type JobWriteName } from '../../../vocabulary/job-life.ts'
import type { WorkerOrders } from '../../../worker-orders.ts'
import type { Clock } from '../../clock.ts'
import { jobMessageOf } from '../../job-message.ts'
import type { SeenWorker } from '../../operator-store.ts'
import type { AwaitedMessage, JobInsert, JobStore, LeaseToken, Written } from '../../store.ts'
import { nextTurn, turnAfterAll, type WaitingTurns } from '../../turn.ts'
import { webhookMessageOf } from '../../webhook-message.ts'

/** A job with the fields that only the store needs. */
export interface JobTableEntry extends Job {
  /** The only message that may claim the job. */
  messageId: string
  /** Since when that message is marked as unsent, in milliseconds since 1970; null where it is not. */
  unsentSince: number | null
  /** The order of the jobs that wait: by their turn, and by this number. */
  turn: number
  queueNumber: number
  idempotencyKey: string | undefined
  worker: string | null
  heartbeatAt: number
  timings: Timings | undefined
  /** As `unsentSince`, for the message of its webhook. */
  webhookUnsentSince: number | null
  /** Whether secret options came with it, which its end forgets. */
  hadSecrets: boolean
}

type AttemptError = Partial<Pick<AttemptRecord, 'errorCode' | 'log'>>

type Turn = Pick<JobTableEntry, 'turn' | 'queueNumber'>

export function byTurn(a: Turn, b: Turn): number {
  return a.turn - b.turn || a.queueNumber - b.queueNumber
}

/** The rows of a memory store, which the stores of several processes may share. */
export class JobTable {
  readonly entries = new Map<string, JobTableEntry>()
  readonly workers = new Map<string, SeenWorker>()
  /** By worker. */
  readonly orders = new Map<string, Omit<WorkerOrders, 'isPaused'>>()
  pausedSince: Date | null = null
  readonly #clock: Clock
  #queueNumber = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get now(): number {
    return this.#clock.now()
  }

  where(which: (entry: JobTableEntry) => boolean): JobTableEntry[] {
    return [...this.entries.values()].filter(which)
  }

  /** Latest first. @see JobStore.earlierResults */
  earlierResults({ owner, sha256, target }: Parameters<JobStore['earlierResults']>[0]): JobTableEntry[] {
    const isSame = (e: JobTableEntry) =>
      e.owner === owner && e.source.sha256 === sha256 && e.target === target && !e.hadSecrets
    return this.where(e => e.state === 'completed' && !e.receipt && isSame(e)).reverse()
  }

  leased({ id, claim }: LeaseToken): JobTableEntry | undefined {
    const entry = this.entries.get(id)
    return entry?.state === 'running' && entry.claims === claim ? entry : undefined
  }

  /** The jobs that may start now, in their order. */
  waiting(): JobTableEntry[] {
    const isDue = ({ state, needs, runAt }: JobTableEntry) =>
      state === 'queued' && needs === null && (runAt?.getTime() ?? 0) <= this.#clock.now()
    return this.where(isDue).sort(byTurn)
  }

  /** The job that waits for this message. */
  awaiting({ jobId, messageId }: AwaitedMessage): JobTableEntry | undefined {
    const entry = this.entries.get(jobId)
    return entry?.state === 'queued' && entry.messageId === messageId ? entry : undefined
  }

  /** @throws Error where a job with this id exists */
  add({ idempotencyKey, messageId, waitsLast = false, ...job }: JobInsert): JobTableEntry {
    if (this.entries.has(job.id)) throw new Error(`there is a job ${job.id} already`)
    const last = waitsLast && { turn: turnAfterAll(this.waiting().at(-1)?.turn) }
    const entry: JobTableEntry = {
      ...{ ...UNLESS_GIVEN, ...job, traceparent: job.traceparent ?? null, idempotencyKey, ...NEVER },
      ...(job.needs ? this.needing(messageId, job.needs) : this.queued(job, messageId)),
      ...last,
      ...{ state: 'queued', version: 1, attempt: 0, claims: 0, timeline: [] },
      hadSecrets: Boolean(job.sealed),
      createdAt: new Date(this.#clock.now()),
      queuedAt: new Date(this.#clock.now()),
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

  /** The fields of a job that waits for a new message, behind its owner's other jobs. */
  queued({ owner }: Pick<JobInsert, 'owner'>, messageId: string) {
    const turn = nextTurn(this.#turns(owner))
    const unsentSince = this.#clock.now()
    const place = { turn, queueNumber: ++this.#queueNumber, queuedAt: new Date(this.#clock.now()) }
    return { ...RELEASED, needs: null, messageId, unsentSince, ...place }
  }

  /** The fields of a job that needs something before a message may claim it. */
  needing(messageId: string, needs: Need) {
    return { ...RELEASED, needs, messageId, unsentSince: null, turn: 0, queueNumber: 0 }
  }

  #turns(owner: string): WaitingTurns {
    const own = this.where(entry => entry.state === 'queued' && !entry.needs && entry.owner === owner)
    return {
      lowest: this.waiting().find(({ runAt }) => runAt === null)?.turn,
      ownLast: own.length > 0 ? Math.max(...own.map(({ turn }) => turn)) : undefined,
    }
  }

  /** The fields of a job that has ended, in this moment. */
  ended(entry: JobTableEntry, finishedAt = new Date(this.now)) {
    const next = nextStepOf(entry, entry.webhook && finishedAt.getTime())
    return { ...RELEASED, ...next, unsentSince: null, finishedAt }
  }

  /** Returns the moment, for the job's own end. */
  closeAttempt(entry: JobTableEntry, outcome: AttemptOutcome, error: AttemptError = {}): Date {
    const last = entry.timeline.at(-1)
    const endedAt = new Date(this.now)
    if (last && !last.endedAt) Object.assign(last, { endedAt, outcome, errorCode: null, ...error })
    return endedAt
  }
}

const RELEASED = { progress: null, worker: null, runAt: null, heartbeatAt: 0 }

/** What a new job has where its sender says nothing else. */
const UNLESS_GIVEN = {
  folder: '',
  sealed: null,
  flags: null,
  sources: null,
  needs: null,
  retryOf: null,
  keepSource: true,
  webhook: null,
}

/** The fields that a new job does not have yet. */
const NEVER = {
  ...{ result: null, report: null, error: null, thumbnailKey: null },
  ...{ startedAt: null, finishedAt: null, timings: undefined, receipt: null },
  webhookUnsentSince: null,
} satisfies Partial<Record<keyof NewJob | keyof JobTableEntry, unknown>>

/** A mark of a webhook from a later time on is for maintenance. */
export function writtenTo(entry: JobTableEntry, now: number): Written {
  const { unsentSince, webhookUnsentSince: since } = entry
  return {
    job: jobOf(entry),
    unsent: unsentSince === null ? null : jobMessageOf(entry),
    unsentWebhook: since !== null && since <= now ? messageOfEntry(entry) : null,
  }
}

/** The message of its webhook; null where it has none. */
export function messageOfEntry({ id, webhook, finishedAt }: JobTableEntry): WebhookMessage | null {
  return webhook && webhookMessageOf(id, webhook, finishedAt)
}

/** The fields after which no earlier message of the webhook has an effect. */
export function nextStepOf({ webhook }: Pick<JobTableEntry, 'webhook'>, webhookUnsentSince: number | null) {
  return { webhook: webhook && { ...webhook, step: webhook.step + 1 }, webhookUnsentSince }
}

/** The job as callers see it. */
export function jobOf(entry: JobTableEntry): Job {
  const {
    messageId: _m,
    unsentSince: _u,
    queueNumber: _q,
    turn: _turn,
    idempotencyKey: _i,
    worker: _w,
    heartbeatAt: _h,
    timings: _t,
    webhookUnsentSince: _wu,
    hadSecrets: _s,
    ...job
  } = entry
  return structuredClone(job)
}
