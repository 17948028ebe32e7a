import { isPurged, receiptOf } from '../../../vocabulary/job.ts'
import { allows } from '../../../vocabulary/job-life.ts'
import type { Clock } from '../../clock.ts'
import { purgedFields } from '../../purged-fields.ts'
import type { JobStore } from '../../store.ts'
import { type JobTable, nextStepOf, writtenTo } from './job-table.ts'

type SenderWrite =
  | 'answerIfNeeded'
  | 'cancelIfNotEnded'
  | 'retryIfEnded'
  | 'requestDeletionIfKept'
  | 'purgeIfEnded'

/** What senders write, but the insert. */
export function senderWritesOfEntries(table: JobTable, clock: Clock): Pick<JobStore, SenderWrite> {
  return {
    async answerIfNeeded(id, { sealed, messageId }) {
      const entry = table.entries.get(id)
      if (!entry?.needs || !allows('answer', entry.state)) return undefined
      return writtenTo(
        table.write('answer', entry, {
          ...table.queued(entry, messageId),
          sealed,
          hadSecrets: true,
          error: null,
        }),
        table.now,
      )
    },
    async cancelIfNotEnded(id) {
      const entry = table.entries.get(id)
      if (!entry || !allows('cancel', entry.state)) return undefined
      const at = table.closeAttempt(entry, 'cancelled')
      return {
        ...writtenTo(table.write('cancel', entry, table.ended(entry, at)), table.now),
        messageId: entry.messageId,
      }
    },
    async retryIfEnded(id, { maxAttempts, messageId, needs }) {
      const entry = table.entries.get(id)
      const isExpired = (entry?.expiresAt.getTime() ?? 0) <= clock.now()
      if (!entry || !allows('retry', entry.state) || entry.receipt || isExpired) return undefined
      const again = { ...nextStepOf(entry, null), error: null, finishedAt: null }
      const more = { ...again, maxAttempts: entry.attempt + maxAttempts }
      const stands = needs ? table.needing(messageId, needs) : table.queued(entry, messageId)
      return writtenTo(table.write('retry', entry, { ...stands, ...more }), table.now)
    },
    async requestDeletionIfKept(id) {
      const entry = table.entries.get(id)
      if (!entry || !allows('requestDeletion', entry.state) || entry.receipt) return undefined
      const receipt = receiptOf({ by: 'owner', at: null }, entry)
      const hidden = { result: null, thumbnailKey: null, expiresAt: new Date(clock.now()) }
      return writtenTo(table.write('requestDeletion', entry, { ...hidden, receipt }), table.now)
    },
    async purgeIfEnded(id) {
      const entry = table.entries.get(id)
      if (!entry || !allows('purge', entry.state) || isPurged(entry)) return undefined
      const { owner, batchId } = entry
      const receipt = entry.receipt ?? receiptOf({ by: 'owner', at: null }, entry)
      const expiresAt = entry.receipt ? entry.expiresAt : new Date(clock.now())
      const left = {
        ...purgedFields(entry),
        timeline: entry.timeline.map(({ log: _, ...attempt }) => attempt),
        result: null,
        idempotencyKey: undefined,
        receipt,
        expiresAt,
        webhookUnsentSince: null,
      }
      return { ...writtenTo(table.write('purge', entry, left), table.now), owner, batchId }
    },
  }
}
