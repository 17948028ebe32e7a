import { AppError } from '../errors.ts'
import {
  type Attempt,
  type AttemptOutcome,
  isTerminal,
  type Job,
  type JobError,
  type JobEvent,
  type Jobs,
  LEASE_MS,
  type NewJob,
  type WorkerReport,
  type Working,
  type WorkOptions,
} from '../jobs.ts'
import { backoffMs } from './backoff.ts'
import { Lease } from './lease.ts'

export interface MemoryOptions {
  queueLimit: number
  historyMs: number
}

interface Entry extends Job {
  queuedAt: number
  idempotencyKey: string | undefined
  worker: string | null
  heartbeatAt: number
  filesDeleted: boolean
  lease: Lease | undefined
}

/** Jobs in one process's memory, by the same contract: for tests of everything that stands on Jobs. */
export function openMemoryJobs({ queueLimit, historyMs }: MemoryOptions): Jobs {
  const entries = new Map<string, Entry>()
  const watchers = new Set<(event: JobEvent) => void>()
  const crews = new Set<() => void>()
  const dead = new Set<string>()
  const reports = new Map<string, WorkerReport>()

  function tell(event: JobEvent): void {
    for (const watcher of watchers) queueMicrotask(() => watcher(structuredClone(event)))
  }

  function change(entry: Entry, fields: Partial<Entry>): Job {
    Object.assign(entry, fields, { version: entry.version + 1 })
    tell({ type: 'changed', id: entry.id, version: entry.version, state: entry.state })
    if (entry.state === 'queued') for (const crew of crews) queueMicrotask(crew)
    return toJob(entry)
  }

  function closeAttempt(entry: Entry, outcome: AttemptOutcome, errorCode: string | null = null): void {
    const last = entry.timeline.at(-1)
    if (last && !last.endedAt) Object.assign(last, { endedAt: new Date(), outcome, errorCode })
  }

  const ended = { progress: null, worker: null, runAt: null, lease: undefined }
  const end = (entry: Entry, fields: Partial<Entry>) =>
    change(entry, { ...ended, finishedAt: new Date(), ...fields })
  const requeue = (entry: Entry, fields: Partial<Entry>) => {
    const job = change(entry, { ...ended, state: 'queued', queuedAt: Date.now(), ...fields })
    const wait = (entry.runAt?.getTime() ?? 0) - Date.now()
    if (wait > 0) for (const crew of crews) setTimeout(crew, wait).unref()
    return job
  }

  function fail(entry: Entry, error: JobError, outcome: AttemptOutcome): void {
    closeAttempt(entry, outcome, error.code)
    if (error.retryable && entry.attempt < entry.maxAttempts) {
      requeue(entry, {
        error,
        runAt: outcome === 'lost' ? null : new Date(Date.now() + backoffMs(entry.attempt)),
      })
      return
    }
    if (error.retryable) dead.add(entry.id)
    end(entry, { state: 'failed', error })
  }

  function rescue(which: (entry: Entry) => boolean): string[] {
    const lost = [...entries.values()].filter(entry => entry.state === 'running' && which(entry))
    for (const entry of lost) {
      entry.lease?.abort('lost')
      fail(entry, new AppError('worker_lost').toJobError(), 'lost')
    }
    return lost.map(entry => entry.id)
  }

  const waiting = () =>
    [...entries.values()]
      .filter(e => e.state === 'queued' && (e.runAt?.getTime() ?? 0) <= Date.now())
      .sort((a, b) => a.queuedAt - b.queuedAt)

  function claim(worker: string): Attempt | undefined {
    const entry = waiting()[0]
    if (!entry) return undefined
    const startedAt = new Date()
    change(entry, {
      state: 'running',
      attempt: entry.attempt + 1,
      worker,
      startedAt,
      runAt: null,
      progress: null,
      error: null,
      heartbeatAt: Date.now(),
    })
    entry.timeline.push({
      number: entry.attempt,
      worker,
      startedAt,
      endedAt: null,
      outcome: null,
      errorCode: null,
    })
    return attemptOf(entry)
  }

  function attemptOf(entry: Entry): Attempt {
    const number = entry.attempt
    const mine = () => entry.state === 'running' && entry.attempt === number && entries.has(entry.id)
    const lease = new Lease({
      version: entry.version,
      push: tick => tell({ type: 'progress', id: entry.id, ...tick }),
      async renew(news) {
        if (!mine()) return entry.state === 'cancelled' ? 'cancelled' : 'lost'
        entry.heartbeatAt = Date.now()
        if (news) Object.assign(entry, { progress: news, version: entry.version + 1 })
        return entry.version
      },
    })
    entry.lease = lease
    const ifMine = async (write: () => unknown): Promise<boolean> => {
      lease.end()
      if (!mine()) {
        lease.abort('lost')
        return false
      }
      write()
      return true
    }
    return {
      job: toJob(entry),
      number,
      signal: lease.signal,
      progress: progress => lease.tell(progress),
      completeIfStillMine: result =>
        ifMine(() => {
          closeAttempt(entry, 'completed')
          end(entry, { state: 'completed', result })
        }),
      failIfStillMine: error => ifMine(() => fail(entry, error, 'failed')),
      handBackIfStillMine: () =>
        ifMine(() => {
          closeAttempt(entry, 'handed_back')
          requeue(entry, { runAt: null, maxAttempts: entry.maxAttempts + 1 })
        }),
    }
  }

  async function work(run: (attempt: Attempt) => Promise<void>, options: WorkOptions): Promise<Working> {
    const running = new Set<Promise<void>>()
    let stopped = false
    const take = (): void => {
      while (!stopped && running.size < options.slots) {
        const attempt = claim(options.worker)
        if (!attempt) return
        const done = run(attempt).finally(() => {
          running.delete(done)
          take()
        })
        running.add(done)
      }
    }
    crews.add(take)
    take()
    return {
      async stop(graceMs) {
        stopped = true
        crews.delete(take)
        const patience = setTimeout(() => {
          for (const entry of entries.values())
            if (entry.worker === options.worker) entry.lease?.abort('stopping')
        }, graceMs)
        await Promise.all(running)
        clearTimeout(patience)
      },
    }
  }

  function create(job: NewJob): { job: Job; created: boolean } {
    const earlier =
      job.idempotencyKey &&
      [...entries.values()].find(e => e.owner === job.owner && e.idempotencyKey === job.idempotencyKey)
    if (earlier) {
      if (earlier.source.sha256 !== job.source.sha256 || earlier.target !== job.target)
        throw new AppError('idempotency_conflict')
      return { job: toJob(earlier), created: false }
    }
    if ([...entries.values()].filter(e => e.state === 'queued').length >= queueLimit)
      throw new AppError('queue_full', { retryAfter: 30 })
    const entry = newEntry(job)
    entries.set(job.id, entry)
    return { job: change(entry, {}), created: true }
  }

  function find(id: string): Entry {
    const entry = entries.get(id)
    if (!entry) throw new AppError('job_not_found')
    return entry
  }

  return {
    work,
    create: async job => create(job),
    get: async id => entries.get(id) && toJob(find(id)),
    async list({ owner, batchId, limit, after }) {
      const all = [...entries.values()]
        .filter(e => e.owner === owner && (!batchId || e.batchId === batchId))
        .reverse()
      const from = after ? all.findIndex(e => e.id === after) + 1 : 0
      const items = all.slice(from, from + limit).map(toJob)
      return { items, next: all.length > from + limit ? (items.at(-1)?.id ?? null) : null }
    },
    places: async () =>
      new Map(waiting().map(({ id }, index) => [id, { position: index + 1, ahead: index }])),
    known: async ids => new Set(ids.filter(id => entries.has(id))),
    async cancel(id) {
      const entry = find(id)
      if (isTerminal(entry.state)) throw new AppError('job_finished')
      entry.lease?.abort('cancelled')
      closeAttempt(entry, 'cancelled')
      return end(entry, { state: 'cancelled' })
    },
    async retry(id, maxAttempts) {
      const entry = find(id)
      if ((entry.state !== 'failed' && entry.state !== 'cancelled') || entry.filesDeleted)
        throw new AppError('not_retryable')
      return requeue(entry, { error: null, finishedAt: null, maxAttempts: entry.attempt + maxAttempts })
    },
    async remove(id) {
      find(id).lease?.abort('cancelled')
      entries.delete(id)
      tell({ type: 'gone', id })
    },
    async watch(onEvent) {
      watchers.add(onEvent)
      return { stop: async () => void watchers.delete(onEvent) }
    },
    rescue: async worker => rescue(entry => entry.worker === worker),
    async maintain(now) {
      const old = [...entries.values()].filter(
        e => e.filesDeleted && (e.finishedAt?.getTime() ?? Infinity) < now.getTime() - historyMs,
      )
      for (const entry of old) entries.delete(entry.id)
      const expired = [...entries.values()].filter(
        e => isTerminal(e.state) && !e.filesDeleted && e.expiresAt < now,
      )
      return {
        rescued: rescue(e => e.heartbeatAt < now.getTime() - LEASE_MS),
        expired: expired.map(e => e.id),
        removed: old.length,
      }
    },
    async forgetFiles(ids) {
      for (const id of ids) change(find(id), { filesDeleted: true, result: null })
    },
    report: async said => void reports.set(said.worker, said),
    async stats() {
      const count = (state: string) => [...entries.values()].filter(e => e.state === state).length
      return {
        queued: count('queued'),
        running: count('running'),
        dead: dead.size,
        workers: [...reports.values()],
      }
    },
    async close() {
      watchers.clear()
      for (const entry of entries.values()) entry.lease?.end()
    },
  }
}

function newEntry({ idempotencyKey, ...job }: NewJob): Entry {
  const never = {
    progress: null,
    result: null,
    error: null,
    runAt: null,
    startedAt: null,
    finishedAt: null,
    worker: null,
    lease: undefined,
  }
  const first = {
    state: 'queued' as const,
    version: 0,
    attempt: 0,
    timeline: [],
    createdAt: new Date(),
    queuedAt: Date.now(),
    heartbeatAt: 0,
  }
  return { ...job, ...never, ...first, idempotencyKey, filesDeleted: false }
}

function toJob(entry: Entry): Job {
  const {
    queuedAt: _1,
    idempotencyKey: _2,
    worker: _3,
    heartbeatAt: _4,
    filesDeleted: _5,
    lease: _6,
    ...job
  } = entry
  return structuredClone(job)
}
