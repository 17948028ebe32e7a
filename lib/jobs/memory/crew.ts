import type { Attempt, Completion, JobResult, Working, WorkOptions } from '../../jobs.ts'
import { Lease } from '../lease.ts'
import { type Entry, type Ledger, toJob } from './ledger.ts'

/** Takes waiting jobs into `slots` and runs them. */
export function startCrew(
  ledger: Ledger,
  run: (attempt: Attempt) => Promise<void>,
  { worker, slots }: WorkOptions,
): Working {
  const running = new Set<Promise<void>>()
  let stopped = false
  const take = (): void => {
    while (!stopped && running.size < slots) {
      const attempt = claim(ledger, worker)
      if (!attempt) return
      const done = run(attempt).finally(() => {
        running.delete(done)
        take()
      })
      running.add(done)
    }
  }
  ledger.crews.add(take)
  take()
  return {
    async stop(graceMs) {
      stopped = true
      ledger.crews.delete(take)
      const patience = setTimeout(() => {
        for (const entry of ledger.where(entry => entry.worker === worker)) entry.lease?.abort('stopping')
      }, graceMs)
      await Promise.all(running)
      clearTimeout(patience)
    },
  }
}

function claim(ledger: Ledger, worker: string): Attempt | undefined {
  const entry = ledger.waiting()[0]
  if (!entry) return undefined
  const startedAt = new Date()
  const fresh = { progress: null, error: null, runAt: null, startedAt, heartbeatAt: Date.now() }
  const counts = { attempt: entry.attempt + 1, claims: entry.claims + 1 }
  ledger.change(entry, { ...fresh, ...counts, state: 'running', worker })
  entry.timeline.push({
    number: entry.attempt,
    worker,
    startedAt,
    endedAt: null,
    outcome: null,
    errorCode: null,
  })
  return attemptOf(ledger, entry)
}

function attemptOf(ledger: Ledger, entry: Entry): Attempt {
  const claim = entry.claims
  const isMine = () => entry.state === 'running' && entry.claims === claim && ledger.entries.has(entry.id)
  const lease = openLease(ledger, entry, isMine)
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
    ledger.closeAttempt(entry, 'completed')
    ledger.end(entry, { state: 'completed', result, timings, report: report ?? null })
  }
  const handBack = () => {
    ledger.closeAttempt(entry, 'handed_back')
    ledger.requeue(entry, { runAt: null, attempt: entry.attempt - 1 })
  }
  return {
    job: toJob(entry),
    claim,
    signal: lease.signal,
    progress: progress => lease.tell(progress),
    showIfStillMine: async thumbnailKey => {
      if (isMine()) lease.wroteVersion(ledger.change(entry, { thumbnailKey }).version)
      return isMine()
    },
    completeIfStillMine: (result, about) => ifMine(() => complete(result, about)),
    failIfStillMine: error => ifMine(() => ledger.fail(entry, error, 'failed')),
    handBackIfStillMine: () => ifMine(handBack),
  }
}

function openLease(ledger: Ledger, entry: Entry, isMine: () => boolean): Lease {
  const lease = new Lease({
    version: entry.version,
    push: tick => ledger.tell({ type: 'progress', id: entry.id, ...tick }),
    async renew(news) {
      if (!isMine()) return entry.state === 'cancelled' ? 'cancelled' : 'lost'
      entry.heartbeatAt = Date.now()
      if (news) Object.assign(entry, { progress: news, version: entry.version + 1 })
      return entry.version
    },
  })
  entry.lease = lease
  return lease
}
