import { remembered } from '../../remembered.ts'
import type { AppError } from '../../vocabulary/errors.ts'
import { type Limits, refusalOf, THROUGHPUT_MS } from '../admission.ts'
import { againIfDropped, type Database } from './database.ts'

/** A look before the bytes come may be so old, in milliseconds: `create` decides by the row. */
const LOOK_MS = 1000

/** Says whether a job of this owner would be refused now. Counts at most once a second, whoever asks. */
export function createLook(db: Database, limits: Limits): (owner: string) => Promise<AppError | undefined> {
  const look = remembered(LOOK_MS, () => waitingByOwner(db))
  return owner => judge(db, look(), { owner, limits })
}

/** Why there was no room for a job a moment ago; undefined when there is room now. */
export function whyRefused(db: Database, owner: string, limits: Limits): Promise<AppError | undefined> {
  return judge(db, waitingByOwner(db), { owner, limits })
}

async function judge(
  db: Database,
  counts: Promise<Map<string, number>>,
  { owner, limits }: { owner: string; limits: Limits },
): Promise<AppError | undefined> {
  const byOwner = await counts
  const waiting = [...byOwner.values()].reduce((sum, count) => sum + count, 0)
  const own = byOwner.get(owner) ?? 0
  if (waiting < limits.queueLimit && own < limits.ownerLimit) return undefined
  return refusalOf({ waiting, own, perSecond: await throughput(db) }, limits)
}

async function waitingByOwner(db: Database): Promise<Map<string, number>> {
  const rows = await againIfDropped(() =>
    db.prisma.job.groupBy({ by: ['owner'], where: { state: 'queued' }, _count: true }),
  )
  return new Map(rows.map(({ owner, _count }) => [owner, _count]))
}

async function throughput(db: Database): Promise<number> {
  const now = Date.now()
  const ended = await againIfDropped(() =>
    db.prisma.job.count({
      where: {
        state: { in: ['completed', 'failed'] },
        finishedAt: { gt: new Date(now - THROUGHPUT_MS) },
        // Only to stay within an index: what waited for longer than a day says little of the next minutes.
        queuedAt: { gt: new Date(now - 86_400_000) },
      },
    }),
  )
  return ended / (THROUGHPUT_MS / 1000)
}
