import { isPurged } from '../../../vocabulary/job.ts'
import { allows } from '../../../vocabulary/job-life.ts'
import { purgedFields } from '../../purged-fields.ts'
import type { JobStore } from '../../store.ts'
import { freeKey } from './idempotency-keys.ts'
import type { ItemChange } from './item-expressions.ts'
import { asJobItem, type JobItem, writtenItem } from './job-item.ts'
import { shardOf } from './shards.ts'
import { type DynamodbStoreParts, UNSENT, writeJob } from './write-job.ts'

/** @see JobStore.purgeIfEnded */
export async function purgeItemIfEnded(
  parts: DynamodbStoreParts,
  id: string,
): ReturnType<JobStore['purgeIfEnded']> {
  const before = asJobItem(await parts.table.get(id))
  if (!before || isPurged(before) || !allows('purge', before.state)) return undefined
  const { version, owner, batchId, keyId } = before
  // First: afterwards nothing would tell which key leads to a purged job.
  if (keyId) await freeKey(parts.table, keyId, id)
  const condition = { version: { is: version } }
  const item = await writeJob(parts, 'purge', { id, change: purgeOf(before), condition })
  return item && { ...writtenItem(item), owner, batchId }
}

function purgeOf(item: JobItem): ItemChange {
  const { sources = null, error = null, result = null, id } = item
  const { owner: _, ...fields } = purgedFields({ sources, error, result })
  const left = Object.entries(fields).filter(([, value]) => value !== null)
  const gone = Object.entries(fields).filter(([, value]) => value === null)
  const isKept = item.filesDeletedAt === undefined && item.deletedBy === undefined
  const now = Date.now()
  return {
    set: {
      ...Object.fromEntries(left),
      ends: item.ends.map(({ log: _, ...end }) => end),
      // It is no dead letter any more.
      ...(error && { outcome: shardOf('ended', id) }),
      ...(isKept && { deletedBy: 'owner', expiresAt: now, phaseAt: now }),
    },
    // An index takes no empty text, and without its attribute it has no item.
    remove: ['owner', 'keyId', ...UNSENT, ...gone.map(([attribute]) => attribute)],
  }
}
