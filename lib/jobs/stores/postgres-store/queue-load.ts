import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import { type AdmissionLimits, type QueueLoad, THROUGHPUT_MS } from '../../admission.ts'
import { hasRoom, WAITING } from './waiting-jobs.ts'
import type { StoreParts } from './written-row.ts'

const ROOM = `
  SELECT ${hasRoom('$1::bigint')} AS "inQueue", ${hasRoom('$2::bigint', 'AND owner = $3')} AS "ofOwner"`
const LOAD = `
  SELECT ${WAITING}::int AS waiting,
    (SELECT count(*) FROM jobs WHERE state IN ('completed', 'failed') AND finished_at > $1)::int AS ended`

/** Counts only where a limit is reached. @see JobStore.load */
export async function load(
  { pool }: StoreParts,
  owner: string,
  { queueLimit, ownerLimit }: AdmissionLimits,
): Promise<QueueLoad> {
  const values = [queueLimit, ownerLimit, owner]
  const { rows: looked } = await againIfDropped(() =>
    pool.query<{ inQueue: boolean; ofOwner: boolean }>({ name: 'has room', text: ROOM, values }),
  )
  const room = looked[0]
  if (!room || (room.inQueue && room.ofOwner)) return { waiting: 0, own: 0, perSecond: 0 }
  const since = new Date(Date.now() - THROUGHPUT_MS)
  const { rows: counted } = await againIfDropped(() =>
    pool.query<{ waiting: number; ended: number }>(LOAD, [since]),
  )
  const { waiting, ended } = counted[0] ?? { waiting: 0, ended: 0 }
  return {
    // What was looked at decides; the count may be too large, and a moment younger.
    waiting: room.inQueue ? Math.min(waiting, queueLimit - 1) : Math.max(waiting, queueLimit),
    own: room.ofOwner ? ownerLimit - 1 : ownerLimit,
    perSecond: ended / (THROUGHPUT_MS / 1000),
  }
}
