import { receiptOf } from '../../vocabulary/job.ts'
import { allows } from '../../vocabulary/job-life.ts'
import { THROUGHPUT_MS } from '../admission.ts'
import type { Clock } from '../clock.ts'
import { countBatch } from '../count-batch.ts'
import { jobMessageOf } from '../job-message.ts'
import { type HeldLease, type JobStore, type LeaseToken, MOST_EARLIER, type Written } from '../store.ts'
import { senderWritesOfEntries } from './memory-store/entry-sender-writes.ts'
import { webhooksOfEntries } from './memory-store/entry-webhooks.ts'
import { byTurn, type JobTable, type JobTableEntry, jobOf, writtenTo } from './memory-store/job-table.ts'
import { orderEntries } from './memory-store/order-entries.ts'
import { searchOfEntries } from './memory-store/search-entries.ts'

/** Of so many completed jobs it is told how long they ran. */
const LATEST = 30

/** Rows in the memory of this process, for tests of what uses them. Every message is left for the caller to send. */
export function createMemoryStore(table: JobTable, clock: Clock): JobStore {
  return {
    listsAtOnce: true,
    findsEarlierResults: true,
    search: searchOfEntries(table),
    ...insertingAndReading(table, clock),
    ...writesOfAttempts(table, clock),
    ...senderWritesOfEntries(table, clock),
    ...messaging(table, clock),
    ...maintenance(table, clock),
    ...webhooksOfEntries(table),
    ...orderEntries(table),
    heartbeat: async status =>
      void table.workers.set(status.worker, { ...status, seenAt: new Date(table.now) }),
    workers: async () => [...table.workers.values()].map(({ seenAt: _, ...status }) => status),
    close: async () => {},
  }
}

type Reading =
  | 'get'
  | 'findByKey'
  | 'earlierResults'
  | 'list'
  | 'batch'
  | 'existing'
  | 'withUnwantedSource'
  | 'queuePositions'
  | 'recentRuns'
  | 'load'
  | 'finished'
  | 'counts'

function insertingAndReading(table: JobTable, clock: Clock): Pick<JobStore, 'insertIfBelowLimit' | Reading> {
  const { entries } = table
  const count = (which: (entry: JobTableEntry) => boolean) => table.where(which).length
  const withKey = (owner: string, key: string) =>
    table.where(e => e.owner === owner && e.idempotencyKey === key)[0]
  const waiting = (owner?: string) =>
    count(e => e.state === 'queued' && !e.needs && (!owner || e.owner === owner))
  const needing = (owner: string) => count(e => e.state === 'queued' && !!e.needs && e.owner === owner)
  return {
    async insertIfBelowLimit(job, { queueLimit, ownerLimit }) {
      const { owner, idempotencyKey } = job
      if (idempotencyKey && withKey(owner, idempotencyKey)) return undefined
      if (waiting() >= queueLimit || waiting(owner) >= ownerLimit) return undefined
      if (job.needs && needing(owner) >= ownerLimit) return undefined
      return writtenTo(table.add(job), table.now)
    },
    async get(id) {
      const entry = entries.get(id)
      return entry && jobOf(entry)
    },
    async findByKey(owner, key) {
      const entry = withKey(owner, key)
      return entry && jobOf(entry)
    },
    earlierResults: async of => table.earlierResults(of).slice(0, MOST_EARLIER).map(jobOf),
    async list({ owner, batchId, limit, after }) {
      const all = table.where(e => e.owner === owner && (!batchId || e.batchId === batchId)).reverse()
      const from = after ? all.findIndex(e => e.id === after) + 1 : 0
      const items = all.slice(from, from + limit).map(jobOf)
      return { items, next: all.length > from + limit ? (items.at(-1)?.id ?? null) : null }
    },
    batch: async id => countBatch(table.where(e => e.batchId === id)),
    existing: async ids => new Set(ids.filter(id => entries.has(id))),
    async withUnwantedSource(ids) {
      const asked = new Set(ids)
      const unwanted = table.where(e => asked.has(e.id) && e.state === 'completed' && !e.keepSource)
      return new Set(unwanted.map(e => e.id))
    },
    async queuePositions(ids) {
      const all = table.waiting().map(({ id, owner, batchId }, ahead) => {
        return [id, { owner, batchId, ahead }] as const
      })
      return new Map(all.filter(([id]) => !ids || ids.includes(id)))
    },
    recentRuns: async () => ({
      running: count(e => e.state === 'running'),
      tookMs: table
        .where(e => e.state === 'completed')
        .map(e => Number(e.finishedAt) - Number(e.startedAt))
        .slice(-LATEST),
    }),
    async load(owner) {
      const since = clock.now() - THROUGHPUT_MS
      const ended = count(e => e.state !== 'cancelled' && (e.finishedAt?.getTime() ?? 0) > since)
      return { waiting: waiting(), own: waiting(owner), perSecond: ended / (THROUGHPUT_MS / 1000) }
    },
    async finished({ format, target }) {
      const alike = table.where(e => e.source.format === format && e.target === target)
      return alike.flatMap(e => (e.timings ? [{ bytes: e.source.bytes, ...e.timings }] : []))
    },
    counts: async () => ({
      queued: waiting(),
      running: count(e => e.state === 'running'),
      dead: count(e => e.state === 'failed' && e.error?.retryable === true),
      exact: true,
      oldestQueuedAt: oldestOf(table.where(e => e.state === 'queued' && !e.needs)),
    }),
  }
}

function oldestOf(waiting: readonly JobTableEntry[]): Date | null {
  const [oldest] = waiting.toSorted((a, b) => a.queueNumber - b.queueNumber)
  return oldest ? new Date(Math.max(Number(oldest.queuedAt), Number(oldest.runAt))) : null
}

type AttemptWrite = Extract<keyof JobStore, 'claimIfWaiting' | `${string}IfStillLeased`>

function writesOfAttempts(table: JobTable, clock: Clock): Pick<JobStore, AttemptWrite> {
  const ifLeased = (
    token: LeaseToken,
    write: (entry: JobTableEntry) => JobTableEntry,
  ): Written | undefined => {
    const entry = table.leased(token)
    return entry && writtenTo(write(entry), table.now)
  }
  return {
    async claimIfWaiting({ jobId, messageId, worker }) {
      const entry = table.entries.get(jobId)
      if (entry?.messageId !== messageId || entry.needs || !allows('claim', entry.state)) return undefined
      const startedAt = new Date(clock.now())
      const fresh = { progress: null, error: null, runAt: null, unsentSince: null }
      table.write('claim', entry, { ...fresh, startedAt, heartbeatAt: clock.now(), worker })
      const open = { endedAt: null, outcome: null, errorCode: null }
      entry.timeline.push({ number: entry.attempt, worker, startedAt, ...open })
      return jobOf(entry)
    },
    async renewIfStillLeased(token, progress) {
      const entry = table.leased(token)
      if (!entry) return undefined
      entry.heartbeatAt = clock.now()
      return progress ? table.write('report', entry, { progress }).version : entry.version
    },
    showIfStillLeased: async (token, thumbnailKey) =>
      ifLeased(token, entry => table.write('report', entry, { thumbnailKey })),
    completeIfStillLeased: async (token, { result, timings, report = null }) =>
      ifLeased(token, entry => {
        const at = table.closeAttempt(entry, 'completed')
        return table.write('complete', entry, {
          ...table.ended(entry, at),
          sealed: null,
          result,
          timings,
          report,
        })
      }),
    failIfStillLeased: async (token, { outcome, error, log }) =>
      ifLeased(token, entry => {
        const at = table.closeAttempt(entry, outcome, { errorCode: error.code, ...(log && { log }) })
        return table.write('fail', entry, { ...table.ended(entry, at), error })
      }),
    requeueIfStillLeased: async (token, { outcome, error, log, runAt, messageId }) =>
      ifLeased(token, entry => {
        table.closeAttempt(entry, outcome, { errorCode: error.code, ...(log && { log }) })
        return table.write('requeue', entry, { ...table.queued(entry, messageId), error, runAt })
      }),
    handBackIfStillLeased: async (token, messageId) =>
      ifLeased(token, entry => {
        table.closeAttempt(entry, 'handed_back')
        return table.write('handBack', entry, table.queued(entry, messageId))
      }),
    askIfStillLeased: async (token, { needs, error, errorCode, messageId }) =>
      ifLeased(token, entry => {
        table.closeAttempt(entry, 'asked', { errorCode })
        return table.write('ask', entry, { ...table.needing(messageId, needs), error })
      }),
  }
}

function messaging(
  table: JobTable,
  clock: Clock,
): Pick<JobStore, 'firstInTurn' | 'reissueIfWaiting' | 'unsent' | 'markSentIfUnsent'> {
  return {
    async firstInTurn(awaited) {
      const own = table.awaiting(awaited)
      const first = own && table.waiting().find(entry => entry.unsentSince === null)
      return first && byTurn(first, own) < 0 ? { jobId: first.id, messageId: first.messageId } : undefined
    },
    async reissueIfWaiting(awaited, messageId) {
      const entry = table.awaiting(awaited)
      return entry && jobMessageOf(Object.assign(entry, { messageId, unsentSince: clock.now() }))
    },
    async unsent(before) {
      const since = ({ unsentSince }: JobTableEntry) => unsentSince ?? Number.POSITIVE_INFINITY
      const marked = table.where(entry => since(entry) < before.getTime())
      return marked.sort((a, b) => since(a) - since(b)).map(jobMessageOf)
    },
    async markSentIfUnsent(messages) {
      const sent = new Set(messages.map(({ id }) => id))
      for (const entry of table.where(e => sent.has(e.messageId))) entry.unsentSince = null
    },
  }
}

type Maintenance =
  | 'leasesOf'
  | 'leasesBefore'
  | 'unanswered'
  | 'failIfUnanswered'
  | 'expired'
  | 'keptResults'
  | 'recordLossIfKept'
  | 'markFilesDeleted'
  | 'removeEndedBefore'
  | 'removeIfFilesDeleted'

function maintenance(table: JobTable, clock: Clock): Pick<JobStore, Maintenance> {
  const leases = (which: (entry: JobTableEntry) => boolean): HeldLease[] =>
    table
      .where(entry => entry.state === 'running' && which(entry))
      .map(({ id, claims, worker }) => ({ id, claim: claims, worker }))
  const mayLoseFiles = (entry: JobTableEntry) =>
    !entry.receipt?.deletedAt && allows('markFilesDeleted', entry.state)
  const isUnanswered = (entry: JobTableEntry, now: Date) =>
    !!entry.needs && allows('failUnanswered', entry.state) && entry.expiresAt < now
  return {
    leasesOf: async worker => leases(entry => entry.worker === worker),
    leasesBefore: async time => leases(entry => entry.heartbeatAt < time.getTime()),
    unanswered: async now => table.where(entry => isUnanswered(entry, now)).map(entry => entry.id),
    async failIfUnanswered(id, { expiredBefore, error }) {
      const entry = table.entries.get(id)
      if (!entry || !isUnanswered(entry, expiredBefore)) return undefined
      return writtenTo(
        table.write('failUnanswered', entry, { ...table.ended(entry), needs: null, error }),
        table.now,
      )
    },
    expired: async now =>
      table.where(entry => mayLoseFiles(entry) && entry.expiresAt < now).map(entry => entry.id),
    async keptResults(now) {
      const kept = table.where(entry => entry.expiresAt > now)
      return { items: kept.flatMap(({ id, result }) => (result ? { id, result } : [])), next: null }
    },
    async recordLossIfKept({ id, result }) {
      const entry = table.entries.get(id)
      if (!entry || !allows('recordLoss', entry.state) || entry.receipt) return undefined
      return writtenTo(table.write('recordLoss', entry, { result }), table.now)
    },
    async markFilesDeleted(ids) {
      const found = ids.flatMap(id => table.entries.get(id) ?? []).filter(mayLoseFiles)
      const at = new Date(clock.now())
      return found.map(entry => {
        const receipt = entry.receipt
          ? { ...entry.receipt, deletedAt: at }
          : receiptOf({ by: null, at }, entry)
        const gone = { result: null, thumbnailKey: null, sealed: null, needs: null, receipt }
        return jobOf(table.write('markFilesDeleted', entry, gone))
      })
    },
    async removeEndedBefore(time) {
      const old = table.where(
        e => Boolean(e.receipt?.deletedAt) && e.finishedAt !== null && e.finishedAt < time,
      )
      for (const { id } of old) table.entries.delete(id)
      return old.length
    },
    removeIfFilesDeleted: async id =>
      Boolean(table.entries.get(id)?.receipt?.deletedAt) && table.entries.delete(id),
  }
}
