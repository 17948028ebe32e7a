import type { AppError } from '../../vocabulary/errors.ts'
import { type AdmissionLimits, refusalOf, THROUGHPUT_MS } from '../admission.ts'
import { againIfDropped, type JobDatabase } from './database.ts'
import { hasRoom, WAITING } from './waiting-jobs.ts'

const ROOM = `
  SELECT ${hasRoom('$1::bigint')} AS "inQueue", ${hasRoom('$2::bigint', 'AND owner = $3')} AS "ofOwner"`
const LOAD = `
  SELECT ${WAITING}::int AS waiting,
    (SELECT count(*) FROM jobs WHERE state IN ('completed', 'failed') AND finished_at > $1)::int AS ended`

/** Why a job of this owner would be refused now; undefined when there is room. */
export async function whyRefused(
  db: JobDatabase,
  owner: string,
  limits: AdmissionLimits,
): Promise<AppError | undefined> {
  const { queueLimit, ownerLimit } = limits
  const values = [queueLimit, ownerLimit, owner]
  const { rows: looked } = await againIfDropped(() =>
    db.pool.query<{ inQueue: boolean; ofOwner: boolean }>({ name: 'has room', text: ROOM, values }),
  )
  const room = looked[0]
  if (!room || (room.inQueue && room.ofOwner)) return undefined
  const since = new Date(Date.now() - THROUGHPUT_MS)
  const { rows: counted } = await againIfDropped(() =>
    db.pool.query<{ waiting: number; ended: number }>(LOAD, [since]),
  )
  const { waiting, ended } = counted[0] ?? { waiting: 0, ended: 0 }
  const load = {
    // What was looked at decides; the count may be too large, and a moment younger.
    waiting: room.inQueue ? Math.min(waiting, queueLimit - 1) : Math.max(waiting, queueLimit),
    own: room.ofOwner ? ownerLimit - 1 : ownerLimit,
    perSecond: ended / (THROUGHPUT_MS / 1000),
  }
  return refusalOf(load, limits)
}

/**
 * The same for many requests: those of one owner that come while the database is asked share the answer, so that a
 * crowd of senders does not cost others a query each. `create` decides by the row.
 */
export function createAdmissionCheck(
  db: JobDatabase,
  limits: AdmissionLimits,
): (owner: string) => Promise<AppError | undefined> {
  const asked = new Map<string, Promise<AppError | undefined>>()
  return owner => {
    const running = asked.get(owner)
    if (running !== undefined) return running
    const answer = whyRefused(db, owner, limits).finally(() => asked.delete(owner))
    asked.set(owner, answer)
    return answer
  }
}
