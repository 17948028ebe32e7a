import type { Job } from '../../../jobs.ts'
import type { JobWriteName } from '../../../vocabulary/job-life.ts'
import type { JobClaim, JobStore, LeaseToken, Written } from '../../store.ts'
import { boundedError, boundedLog, boundedReport } from './bounded-texts.ts'
import type { ItemChange } from './item-expressions.ts'
import { jobOfItem, writtenItem } from './job-item.ts'
import { shardOf } from './shards.ts'
import { type DynamodbStoreParts, ending, needing, waitingAgain, writeEnd, writeJob } from './write-job.ts'

/**
 * The index is written with a renewal only where this time has passed since, in milliseconds: it costs as much again.
 */
const LEASE_STEP_MS = 4_000

/** The time of a lease in the index: never after its renewal. */
const leaseTime = (now: number) => now - (now % LEASE_STEP_MS)

type LeasedWrite = Extract<keyof JobStore, 'claimIfWaiting' | `${string}IfStillLeased`>

/** The claim, and what an attempt writes; each is one request. */
export function writesUnderLease(parts: DynamodbStoreParts): Pick<JobStore, LeasedWrite> {
  const write = async (name: JobWriteName, { id, claim }: LeaseToken, change: ItemChange) =>
    writtenOrNot(await writeJob(parts, name, { id, change, condition: { claims: { is: claim } } }))
  const end = async (name: JobWriteName, { id, claim }: LeaseToken, change: ItemChange) =>
    writtenOrNot(await writeEnd(parts, name, { id, change, condition: { claims: { is: claim } } }))
  return {
    claimIfWaiting: claim => claimIfWaiting(parts, claim),
    renewIfStillLeased: (token, progress) => renewIfStillLeased(parts, token, progress),
    showIfStillLeased: (token, thumbnailKey) => write('report', token, { set: { thumbnailKey } }),
    async completeIfStillLeased(token, { result, timings, report }) {
      const outcome = shardOf('ended', token.id)
      const set = { result, timings, report: report && boundedReport(report), outcome }
      const { copy, remove = [], ...change } = ending(token.id, set, { outcome: 'completed' })
      const kind = timings && { kind: 'kindOnSuccess' }
      return end('complete', token, {
        ...change,
        copy: { ...copy, ...kind },
        remove: [...remove, 'sealed'],
      })
    },
    async failIfStillLeased(token, { outcome, error, log }) {
      const set = {
        error: boundedError(error),
        outcome: shardOf(error.retryable ? 'dead' : 'ended', token.id),
      }
      return end('fail', token, ending(token.id, set, { outcome, errorCode: error.code, ...boundedLog(log) }))
    },
    async requeueIfStillLeased(token, { outcome, error, log, runAt, messageId }) {
      const set = { messageId, error: boundedError(error), runAt: runAt?.getTime() }
      const close = { outcome, errorCode: error.code, ...boundedLog(log) }
      return write('requeue', token, await waitingAgain(parts, { id: token.id, set, close }))
    },
    async handBackIfStillLeased(token, messageId) {
      const again = { id: token.id, set: { messageId }, close: { outcome: 'handed_back' } as const }
      return write('handBack', token, await waitingAgain(parts, again))
    },
    askIfStillLeased: (token, { errorCode, error, ...asked }) => {
      const set = { ...asked, error: boundedError(error) }
      return write('ask', token, needing(token.id, set, { outcome: 'asked', errorCode }))
    },
  }
}

const writtenOrNot = (item: Parameters<typeof writtenItem>[0] | undefined): Written | undefined =>
  item && writtenItem(item)

async function claimIfWaiting(
  parts: DynamodbStoreParts,
  { jobId: id, messageId, worker }: JobClaim,
): Promise<Job | undefined> {
  const now = Date.now()
  const change = {
    set: {
      ...{ worker, startedAt: now, heartbeatAt: now },
      ...{ phase: shardOf('running', id), phaseAt: leaseTime(now) },
    },
    append: { starts: { worker, startedAt: now } },
    remove: ['progress', 'error', 'runAt', 'unsentShard', 'unsentSince'],
  }
  const item = await writeJob(parts, 'claim', {
    id,
    change,
    condition: { messageId: { is: messageId }, needs: 'absent' },
  })
  return item && jobOfItem(item)
}

async function renewIfStillLeased(
  { table }: DynamodbStoreParts,
  { id, claim }: LeaseToken,
  progress: Parameters<JobStore['renewIfStillLeased']>[1],
): Promise<number | undefined> {
  const now = Date.now()
  const change = {
    set: { heartbeatAt: now, phaseAt: leaseTime(now), progress },
    add: { version: progress ? 1 : 0 },
  }
  const condition = { state: { is: 'running' }, claims: { is: claim } }
  const changed = await table.updateIf(id, change, { condition, changedOnly: true })
  return changed && Number(changed.version)
}
