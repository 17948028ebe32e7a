import { type Job, type Jobs, LEASE_MS, type NewJob, type WorkerStatus } from '../jobs.ts'
import { paceOf } from '../pace.ts'
import { AppError } from '../vocabulary/errors.ts'
import { allows } from '../vocabulary/job-life.ts'
import { type AdmissionLimits, refusalOf, THROUGHPUT_MS } from './admission.ts'
import { type Clock, systemClock } from './clock.ts'
import { startConsumer } from './memory/consumer.ts'
import { JobTable, jobOf } from './memory/job-table.ts'
import { isSameRequest } from './same-request.ts'

export interface MemoryOptions extends AdmissionLimits {
  historyMs: number
  /** The clock of this process. */
  clock?: Clock
  /** The jobs, which several processes may share. */
  table?: JobTable
}

/** Jobs in the memory of one process, for tests of the code that uses Jobs. */
export function openMemoryJobs({
  historyMs,
  clock = systemClock,
  table = new JobTable(clock),
  ...limits
}: MemoryOptions): Jobs {
  const statuses = new Map<string, WorkerStatus>()
  return {
    ...creation(table, limits),
    ...reading(table),
    ...ending(table),
    ...maintenance(table, historyMs),
    consume: async (run, options) => startConsumer({ table, clock }, run, options),
    async subscribe(onEvent) {
      table.subscribers.add(onEvent)
      return { stop: async () => void table.subscribers.delete(onEvent) }
    },
    heartbeat: async status => void statuses.set(status.worker, status),
    stats: async () => ({
      queued: count(table, 'queued'),
      running: count(table, 'running'),
      dead: table.dead.size,
      workers: [...statuses.values()],
    }),
    async close() {
      table.subscribers.clear()
      for (const entry of table.entries.values()) entry.lease?.end()
    },
  }
}

const count = (table: JobTable, state: string) => table.where(entry => entry.state === state).length

function creation(table: JobTable, limits: AdmissionLimits): Pick<Jobs, 'create' | 'admit'> {
  function admit(owner: string): void {
    const since = table.clock.now() - THROUGHPUT_MS
    const ended = table.where(e => e.state !== 'cancelled' && (e.finishedAt?.getTime() ?? 0) > since)
    const refusal = refusalOf(
      {
        waiting: count(table, 'queued'),
        own: table.where(e => e.state === 'queued' && e.owner === owner).length,
        perSecond: ended.length / (THROUGHPUT_MS / 1000),
      },
      limits,
    )
    if (refusal) throw refusal
  }

  function create(job: NewJob): { job: Job; created: boolean } {
    const { owner, idempotencyKey } = job
    const [earlier] = idempotencyKey
      ? table.where(e => e.owner === owner && e.idempotencyKey === idempotencyKey)
      : []
    if (earlier && !isSameRequest(earlier, job)) throw new AppError('idempotency_conflict')
    if (earlier) return { job: jobOf(earlier), created: false }
    admit(owner)
    return { job: table.add(job), created: true }
  }

  return { create: async job => create(job), admit: async owner => admit(owner) }
}

function reading(
  table: JobTable,
): Pick<Jobs, 'get' | 'list' | 'queuePosition' | 'queuePositions' | 'existing' | 'pace'> {
  const { entries } = table
  return {
    get: async id => (entries.has(id) ? jobOf(table.find(id)) : undefined),
    async list({ owner, batchId, limit, after }) {
      const all = table.where(e => e.owner === owner && (!batchId || e.batchId === batchId)).reverse()
      const from = after ? all.findIndex(e => e.id === after) + 1 : 0
      const items = all.slice(from, from + limit).map(jobOf)
      return { items, next: all.length > from + limit ? (items.at(-1)?.id ?? null) : null }
    },
    async queuePosition(id) {
      const ahead = table.waiting().findIndex(entry => entry.id === id)
      return ahead < 0 ? null : { position: ahead + 1, ahead }
    },
    async queuePositions(ids) {
      const all = table
        .waiting()
        .map(
          ({ id, owner, batchId }, ahead) =>
            [id, { owner, batchId, queue: { position: ahead + 1, ahead } }] as const,
        )
      return new Map(all.filter(([id]) => !ids || ids.includes(id)))
    },
    existing: async ids => new Set(ids.filter(id => entries.has(id))),
    async pace({ format, target, bytes }) {
      const alike = table.where(e => e.source.format === format && e.target === target)
      return paceOf(
        alike.flatMap(e => (e.timings ? [{ bytes: e.source.bytes, ...e.timings }] : [])),
        bytes,
      )
    },
  }
}

function ending(table: JobTable): Pick<Jobs, 'cancel' | 'retry' | 'remove'> {
  return {
    async cancel(id) {
      const entry = table.find(id)
      if (!allows('cancel', entry.state)) throw new AppError('job_finished')
      entry.lease?.abort('cancelled')
      table.closeAttempt(entry, 'cancelled')
      return table.end('cancel', entry)
    },
    async retry(id, maxAttempts) {
      const entry = table.find(id)
      const isExpired = entry.expiresAt.getTime() <= table.clock.now()
      if (!allows('retry', entry.state) || entry.filesDeleted || isExpired)
        throw new AppError('not_retryable')
      return table.requeue('retry', entry, {
        error: null,
        finishedAt: null,
        maxAttempts: entry.attempt + maxAttempts,
      })
    },
    async remove(id) {
      const { owner, batchId, lease, messageId } = table.find(id)
      lease?.abort('cancelled')
      table.messages.acknowledge(messageId)
      table.entries.delete(id)
      table.publish({ type: 'gone', id, owner, batchId })
    },
  }
}

function maintenance(
  table: JobTable,
  historyMs: number,
): Pick<Jobs, 'rescue' | 'maintain' | 'markFilesDeleted'> {
  return {
    rescue: async worker => table.rescue(entry => entry.worker === worker),
    async maintain(now) {
      const before = now.getTime() - historyMs
      const old = table.where(e => e.filesDeleted && (e.finishedAt?.getTime() ?? Infinity) < before)
      for (const entry of old) table.entries.delete(entry.id)
      const expired = table.where(
        e => allows('markFilesDeleted', e.state) && !e.filesDeleted && e.expiresAt < now,
      )
      const rescued = table.rescue(e => e.heartbeatAt < now.getTime() - LEASE_MS)
      return { rescued, expired: expired.map(e => e.id), removed: old.length }
    },
    async markFilesDeleted(ids) {
      const gone = { filesDeleted: true, result: null, thumbnailKey: null }
      for (const id of ids) {
        const entry = table.entries.get(id)
        if (!entry || entry.filesDeleted || !allows('markFilesDeleted', entry.state)) continue
        table.write('markFilesDeleted', entry, gone)
      }
    },
  }
}
