import { cachedFor } from '../../cached-for.ts'
import type { AppError } from '../../vocabulary/errors.ts'
import { type AdmissionLimits, refusalOf, THROUGHPUT_MS } from '../admission.ts'
import { againIfDropped, type JobDatabase } from './database.ts'
import { waitingAgainst } from './waiting-jobs.ts'

/** How long a count is valid, in milliseconds. It may be stale, because `create` decides by the row. */
const CHECK_VALID_MS = 1000

const WAITING = `SELECT ${waitingAgainst('$1::bigint')}::int AS count`
const WAITING_OF_OWNER = `SELECT ${waitingAgainst('$1::bigint', 'AND owner = $2')}::int AS count`
const ENDED = `
  SELECT count(*)::int AS count FROM jobs WHERE state IN ('completed', 'failed') AND finished_at > $1`

/** Checks whether a job of this owner would be refused now. Counts the queue at most once a second. */
export function createAdmissionCheck(
  db: JobDatabase,
  limits: AdmissionLimits,
): (owner: string) => Promise<AppError | undefined> {
  const waiting = cachedFor(CHECK_VALID_MS, () => count(db, WAITING, [limits.queueLimit]))
  return owner => judge(db, waiting(), { owner, limits })
}

/** The refusal for the current load; undefined when a job is accepted. */
export function whyRefused(
  db: JobDatabase,
  owner: string,
  limits: AdmissionLimits,
): Promise<AppError | undefined> {
  return judge(db, count(db, WAITING, [limits.queueLimit]), { owner, limits })
}

async function judge(
  db: JobDatabase,
  counted: Promise<number>,
  { owner, limits }: { owner: string; limits: AdmissionLimits },
): Promise<AppError | undefined> {
  const [waiting, own] = await Promise.all([counted, count(db, WAITING_OF_OWNER, [limits.ownerLimit, owner])])
  if (waiting < limits.queueLimit && own < limits.ownerLimit) return undefined
  const ended = await count(db, ENDED, [new Date(Date.now() - THROUGHPUT_MS)])
  return refusalOf({ waiting, own, perSecond: ended / (THROUGHPUT_MS / 1000) }, limits)
}

async function count(db: JobDatabase, statement: string, values: unknown[]): Promise<number> {
  const { rows } = await againIfDropped(() => db.pool.query<{ count: number }>(statement, values))
  return rows[0]?.count ?? 0
}
