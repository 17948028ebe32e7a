import type { Attempt, Completion, ConsumeOptions, Consumer, JobResult } from '../../jobs.ts'
import { allows } from '../../vocabulary/job-life.ts'
import type { Clock } from '../clock.ts'
import { Lease } from '../lease.ts'
import { type JobTable, type JobTableEntry, jobOf } from './job-table.ts'

/** The shared jobs and the clock of one process. */
export interface MemoryProcess {
  table: JobTable
  clock: Clock
}

/** Claims waiting jobs and runs up to `slots` of them at the same time. */
export function startConsumer(
  { table, clock }: MemoryProcess,
  run: (attempt: Attempt) => Promise<void>,
  { worker, slots }: ConsumeOptions,
): Consumer {
  const running = new Set<Promise<void>>()
  let stopped = false
  const take = (): void => {
    while (!stopped && running.size < slots) {
      const attempt = claimNext({ table, clock }, worker)
      if (!attempt) return
      // The lease of an attempt that throws expires, and the job is rescued.
      const done = run(attempt)
        .catch(() => {})
        .finally(() => {
          attempt.lease.end()
          running.delete(done)
          take()
        })
      running.add(done)
    }
  }
  const wake = () => clock.soon(take)
  table.consumers.add(wake)
  take()
  return {
    async stop(graceMs) {
      stopped = true
      table.consumers.delete(wake)
      const cancelPatience = clock.after(graceMs, () => {
        for (const entry of table.where(entry => entry.worker === worker)) entry.lease?.abort('stopping')
      })
      await Promise.all(running)
      cancelPatience()
    },
  }
}

interface LeasedAttempt extends Attempt {
  lease: Lease
}

/** Claims the job of the first message that a job waits for; an old message or a second delivery starts nothing. */
function claimNext(process: MemoryProcess, worker: string): LeasedAttempt | undefined {
  const { table, clock } = process
  for (;;) {
    const message = table.messages.fetch(clock.now())
    if (!message) return undefined
    const entry = table.entries.get(message.jobId)
    if (entry?.messageId === message.id && allows('claim', entry.state)) return claim(process, entry, worker)
  }
}

function claim(process: MemoryProcess, entry: JobTableEntry, worker: string): LeasedAttempt {
  const now = process.clock.now()
  const startedAt = new Date(now)
  const fresh = { progress: null, error: null, runAt: null, startedAt, heartbeatAt: now, worker }
  process.table.write('claim', entry, fresh)
  const open = { endedAt: null, outcome: null, errorCode: null }
  entry.timeline.push({ number: entry.attempt, worker, startedAt, ...open })
  return attemptOf(process, entry)
}

function attemptOf(process: MemoryProcess, entry: JobTableEntry): LeasedAttempt {
  const { table } = process
  const claim = entry.claims
  const isMine = () => entry.state === 'running' && entry.claims === claim && table.entries.has(entry.id)
  const lease = openLease(process, entry, isMine)
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
    table.end('complete', entry, { result, timings, report: report ?? null })
  }
  const handBack = () => {
    table.closeAttempt(entry, 'handed_back')
    table.requeue('handBack', entry, {})
  }
  return {
    job: jobOf(entry),
    claim,
    lease,
    signal: lease.signal,
    progress: progress => lease.progress(progress),
    showIfStillMine: async thumbnailKey => {
      if (isMine()) lease.wroteVersion(table.write('report', entry, { thumbnailKey }).version)
      return isMine()
    },
    completeIfStillMine: (result, about) => ifMine(() => complete(result, about)),
    failIfStillMine: error => ifMine(() => table.fail(entry, error, 'failed')),
    handBackIfStillMine: () => ifMine(handBack),
  }
}

function openLease({ table, clock }: MemoryProcess, entry: JobTableEntry, isMine: () => boolean): Lease {
  const lease = new Lease({
    version: entry.version,
    clock,
    publish: tick => table.publish({ type: 'progress', id: entry.id, ...tick }),
    async renew(unsaved) {
      if (!isMine()) return entry.state === 'cancelled' ? 'cancelled' : 'lost'
      entry.heartbeatAt = clock.now()
      if (unsaved) Object.assign(entry, { progress: unsaved, version: entry.version + 1 })
      return entry.version
    },
  })
  // Others abort it like an event would: when its own process handles it.
  entry.lease = { abort: reason => clock.soon(() => lease.abort(reason)), end: () => lease.end() }
  return lease
}
