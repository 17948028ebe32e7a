import type { Attempt, Completion, ConsumeOptions, Consumer, JobResult } from '../../jobs.ts'
import { Lease } from '../lease.ts'
import { type JobTable, type JobTableEntry, jobOf } from './job-table.ts'

/** Claims waiting jobs and runs up to `slots` of them at the same time. */
export function startConsumer(
  table: JobTable,
  run: (attempt: Attempt) => Promise<void>,
  { worker, slots }: ConsumeOptions,
): Consumer {
  const running = new Set<Promise<void>>()
  let stopped = false
  const take = (): void => {
    while (!stopped && running.size < slots) {
      const attempt = claim(table, worker)
      if (!attempt) return
      const done = run(attempt).finally(() => {
        running.delete(done)
        take()
      })
      running.add(done)
    }
  }
  table.consumers.add(take)
  take()
  return {
    async stop(graceMs) {
      stopped = true
      table.consumers.delete(take)
      const patience = setTimeout(() => {
        for (const entry of table.where(entry => entry.worker === worker)) entry.lease?.abort('stopping')
      }, graceMs)
      await Promise.all(running)
      clearTimeout(patience)
    },
  }
}

function claim(table: JobTable, worker: string): Attempt | undefined {
  const entry = table.waiting()[0]
  if (!entry) return undefined
  const startedAt = new Date()
  const fresh = { progress: null, error: null, runAt: null, startedAt, heartbeatAt: Date.now() }
  const counts = { attempt: entry.attempt + 1, claims: entry.claims + 1 }
  table.change(entry, { ...fresh, ...counts, state: 'running', worker })
  entry.timeline.push({
    number: entry.attempt,
    worker,
    startedAt,
    endedAt: null,
    outcome: null,
    errorCode: null,
  })
  return attemptOf(table, entry)
}

function attemptOf(table: JobTable, entry: JobTableEntry): Attempt {
  const claim = entry.claims
  const isMine = () => entry.state === 'running' && entry.claims === claim && table.entries.has(entry.id)
  const lease = openLease(table, entry, isMine)
  const ifMine = async (write: () => unknown): Promise<boolean> => {
    lease.end()
    if (isMine()) {
      write()
      return true
    }
    lease.abort('lost')
    return false
  }
  const complete = (result: JobResult, { timings, report }: Completion = {}) => {
    table.closeAttempt(entry, 'completed')
    table.end(entry, { state: 'completed', result, timings, report: report ?? null })
  }
  const handBack = () => {
    table.closeAttempt(entry, 'handed_back')
    table.requeue(entry, { runAt: null, attempt: entry.attempt - 1 })
  }
  return {
    job: jobOf(entry),
    claim,
    signal: lease.signal,
    progress: progress => lease.progress(progress),
    showIfStillMine: async thumbnailKey => {
      if (isMine()) lease.wroteVersion(table.change(entry, { thumbnailKey }).version)
      return isMine()
    },
    completeIfStillMine: (result, about) => ifMine(() => complete(result, about)),
    failIfStillMine: error => ifMine(() => table.fail(entry, error, 'failed')),
    handBackIfStillMine: () => ifMine(handBack),
  }
}

function openLease(table: JobTable, entry: JobTableEntry, isMine: () => boolean): Lease {
  const lease = new Lease({
    version: entry.version,
    publish: tick => table.publish({ type: 'progress', id: entry.id, ...tick }),
    async renew(unsaved) {
      if (!isMine()) return entry.state === 'cancelled' ? 'cancelled' : 'lost'
      entry.heartbeatAt = Date.now()
      if (unsaved) Object.assign(entry, { progress: unsaved, version: entry.version + 1 })
      return entry.version
    },
  })
  entry.lease = lease
  return lease
}
