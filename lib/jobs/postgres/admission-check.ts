import { cachedFor } from '../../cached-for.ts'
import type { AppError } from '../../vocabulary/errors.ts'
import { type AdmissionLimits, refusalOf, THROUGHPUT_MS } from '../admission.ts'
import { againIfDropped, type JobDatabase } from './database.ts'

/** How long a count is valid, in milliseconds. It may be stale, because `create` decides by the row. */
const CHECK_VALID_MS = 1000

/** Checks whether a job of this owner would be refused now. Counts at most once a second for all callers. */
export function createAdmissionCheck(
  db: JobDatabase,
  limits: AdmissionLimits,
): (owner: string) => Promise<AppError | undefined> {
  const counts = cachedFor(CHECK_VALID_MS, () => waitingByOwner(db))
  return owner => judge(db, counts(), { owner, limits })
}

/** The refusal for the current load; undefined when a job is accepted. */
export function whyRefused(
  db: JobDatabase,
  owner: string,
  limits: AdmissionLimits,
): Promise<AppError | undefined> {
  return judge(db, waitingByOwner(db), { owner, limits })
}

async function judge(
  db: JobDatabase,
  counts: Promise<Map<string, number>>,
  { owner, limits }: { owner: string; limits: AdmissionLimits },
): Promise<AppError | undefined> {
  const byOwner = await counts
  const waiting = [...byOwner.values()].reduce((sum, count) => sum + count, 0)
  const own = byOwner.get(owner) ?? 0
  if (waiting < limits.queueLimit && own < limits.ownerLimit) return undefined
  return refusalOf({ waiting, own, perSecond: await throughput(db) }, limits)
}

async function waitingByOwner(db: JobDatabase): Promise<Map<string, number>> {
  const rows = await againIfDropped(() =>
    db.prisma.job.groupBy({ by: ['owner'], where: { state: 'queued' }, _count: true }),
  )
  return new Map(rows.map(({ owner, _count }) => [owner, _count]))
}

async function throughput(db: JobDatabase): Promise<number> {
  const now = Date.now()
  const ended = await againIfDropped(() =>
    db.prisma.job.count({
      where: {
        state: { in: ['completed', 'failed'] },
        finishedAt: { gt: new Date(now - THROUGHPUT_MS) },
        // This condition keeps the query within an index: a job that waited for longer than a day says little of the
        // next minutes.
        queuedAt: { gt: new Date(now - 86_400_000) },
      },
    }),
  )
  return ended / (THROUGHPUT_MS / 1000)
}
