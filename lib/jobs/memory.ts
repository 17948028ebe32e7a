import { type Job, type Jobs, LEASE_MS, type NewJob, type WorkerReport } from '../jobs.ts'
import { paceOf } from '../pace.ts'
import { AppError } from '../vocabulary/errors.ts'
import { isTerminal } from '../vocabulary/job.ts'
import { type Limits, refusalOf, THROUGHPUT_MS } from './admission.ts'
import { startCrew } from './memory/crew.ts'
import { Ledger, toJob } from './memory/ledger.ts'
import { isSameRequest } from './same-request.ts'

export interface MemoryOptions extends Limits {
  historyMs: number
}

/** Jobs in one process's memory, by the same contract: for tests of everything that stands on Jobs. */
export function openMemoryJobs({ historyMs, ...limits }: MemoryOptions): Jobs {
  const ledger = new Ledger()
  const reports = new Map<string, WorkerReport>()
  return {
    ...creation(ledger, limits),
    ...reading(ledger),
    ...ending(ledger),
    ...maintenance(ledger, historyMs),
    work: async (run, options) => startCrew(ledger, run, options),
    async watch(onEvent) {
      ledger.watchers.add(onEvent)
      return { stop: async () => void ledger.watchers.delete(onEvent) }
    },
    report: async said => void reports.set(said.worker, said),
    stats: async () => ({
      queued: count(ledger, 'queued'),
      running: count(ledger, 'running'),
      dead: ledger.dead.size,
      workers: [...reports.values()],
    }),
    async close() {
      ledger.watchers.clear()
      for (const entry of ledger.entries.values()) entry.lease?.end()
    },
  }
}

const count = (ledger: Ledger, state: string) => ledger.where(entry => entry.state === state).length

function creation(ledger: Ledger, limits: Limits): Pick<Jobs, 'create' | 'admit'> {
  function admit(owner: string): void {
    const since = Date.now() - THROUGHPUT_MS
    const ended = ledger.where(e => e.state !== 'cancelled' && (e.finishedAt?.getTime() ?? 0) > since)
    const refusal = refusalOf(
      {
        waiting: count(ledger, 'queued'),
        own: ledger.where(e => e.state === 'queued' && e.owner === owner).length,
        perSecond: ended.length / (THROUGHPUT_MS / 1000),
      },
      limits,
    )
    if (refusal) throw refusal
  }

  function create(job: NewJob): { job: Job; created: boolean } {
    const { owner, idempotencyKey } = job
    const [earlier] = idempotencyKey
      ? ledger.where(e => e.owner === owner && e.idempotencyKey === idempotencyKey)
      : []
    if (earlier && !isSameRequest(earlier, job)) throw new AppError('idempotency_conflict')
    if (earlier) return { job: toJob(earlier), created: false }
    admit(owner)
    return { job: ledger.add(job), created: true }
  }

  return { create: async job => create(job), admit: async owner => admit(owner) }
}

function reading(ledger: Ledger): Pick<Jobs, 'get' | 'list' | 'place' | 'places' | 'known' | 'pace'> {
  const { entries } = ledger
  return {
    get: async id => (entries.has(id) ? toJob(ledger.find(id)) : undefined),
    async list({ owner, batchId, limit, after }) {
      const all = ledger.where(e => e.owner === owner && (!batchId || e.batchId === batchId)).reverse()
      const from = after ? all.findIndex(e => e.id === after) + 1 : 0
      const items = all.slice(from, from + limit).map(toJob)
      return { items, next: all.length > from + limit ? (items.at(-1)?.id ?? null) : null }
    },
    async place(id) {
      const ahead = ledger.waiting().findIndex(entry => entry.id === id)
      return ahead < 0 ? null : { position: ahead + 1, ahead }
    },
    places: async () =>
      new Map(ledger.waiting().map(({ id }, index) => [id, { position: index + 1, ahead: index }])),
    known: async ids => new Set(ids.filter(id => entries.has(id))),
    async pace({ format, target, bytes }) {
      const alike = ledger.where(e => e.source.format === format && e.target === target)
      return paceOf(
        alike.flatMap(e => (e.timings ? [{ bytes: e.source.bytes, ...e.timings }] : [])),
        bytes,
      )
    },
  }
}

function ending(ledger: Ledger): Pick<Jobs, 'cancel' | 'retry' | 'remove'> {
  return {
    async cancel(id) {
      const entry = ledger.find(id)
      if (isTerminal(entry.state)) throw new AppError('job_finished')
      entry.lease?.abort('cancelled')
      ledger.closeAttempt(entry, 'cancelled')
      return ledger.end(entry, { state: 'cancelled' })
    },
    async retry(id, maxAttempts) {
      const entry = ledger.find(id)
      if (!['failed', 'cancelled'].includes(entry.state) || entry.filesDeleted)
        throw new AppError('not_retryable')
      return ledger.requeue(entry, {
        error: null,
        finishedAt: null,
        maxAttempts: entry.attempt + maxAttempts,
      })
    },
    async remove(id) {
      ledger.find(id).lease?.abort('cancelled')
      ledger.entries.delete(id)
      ledger.tell({ type: 'gone', id })
    },
  }
}

function maintenance(ledger: Ledger, historyMs: number): Pick<Jobs, 'rescue' | 'maintain' | 'forgetFiles'> {
  return {
    rescue: async worker => ledger.rescue(entry => entry.worker === worker),
    async maintain(now) {
      const before = now.getTime() - historyMs
      const old = ledger.where(e => e.filesDeleted && (e.finishedAt?.getTime() ?? Infinity) < before)
      for (const entry of old) ledger.entries.delete(entry.id)
      const expired = ledger.where(e => isTerminal(e.state) && !e.filesDeleted && e.expiresAt < now)
      const rescued = ledger.rescue(e => e.heartbeatAt < now.getTime() - LEASE_MS)
      return { rescued, expired: expired.map(e => e.id), removed: old.length }
    },
    async forgetFiles(ids) {
      for (const id of ids)
        ledger.change(ledger.find(id), { filesDeleted: true, result: null, thumbnailKey: null })
    },
  }
}
