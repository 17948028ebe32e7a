import type { WorkerStatus } from '../../../jobs.ts'
import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import { SANDBOXES } from '../../../vocabulary/sandboxes.ts'
import type { WorkerActivity } from '../../../worker-activity.ts'
import type { SeenWorker } from '../../operator-store.ts'
import type { StoreParts } from './written-row.ts'

// As SQL, because a worker is ready when its report is stored and read: through Prisma, both would first load its query
// compiler, which takes a tenth of a second of each process.

/** A worker that was silent for longer is not counted, in milliseconds. */
const SEEN_MS = 15_000
/** One that was silent for longer is forgotten, in milliseconds. */
const KEPT_MS = 20 * SEEN_MS

const REPORT = `
  WITH forgotten AS (DELETE FROM workers WHERE seen_at < $8 AND name <> $1)
  INSERT INTO workers (name, slots, ready, trouble, sandbox, activity, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (name) DO UPDATE SET slots = excluded.slots, ready = excluded.ready, trouble = excluded.trouble,
    sandbox = excluded.sandbox, activity = excluded.activity, seen_at = excluded.seen_at`

const REPORTED = `
  SELECT name AS worker, slots, ready, trouble, sandbox, activity, seen_at AS "seenAt"
  FROM workers WHERE seen_at > $1 ORDER BY name`

type WorkerRow = Omit<SeenWorker, 'activity'> & { activity: WorkerActivity | null }

/** Stores the report of a worker. */
export async function heartbeat({ pool }: StoreParts, status: WorkerStatus): Promise<void> {
  const { worker, slots, ready, trouble, sandbox = null, activity = null } = status
  const now = Date.now()
  const times = [new Date(now), new Date(now - KEPT_MS)]
  const values = [worker, slots, ready, trouble, sandbox, activity, ...times]
  await pool.query({ name: 'report of worker', text: REPORT, values })
}

/** The workers that reported lately, by name. */
export async function workers(parts: StoreParts): Promise<WorkerStatus[]> {
  return (await reportedSince(parts, SEEN_MS)).map(({ seenAt: _, ...status }) => status)
}

/** @see OperatorStore.seenWorkers */
export function seenWorkers(parts: StoreParts): Promise<SeenWorker[]> {
  return reportedSince(parts, KEPT_MS)
}

async function reportedSince({ pool }: StoreParts, ms: number): Promise<SeenWorker[]> {
  const values = [new Date(Date.now() - ms)]
  const { rows } = await againIfDropped(() =>
    pool.query<WorkerRow>({ name: 'reported workers', text: REPORTED, values }),
  )
  return rows.map(({ sandbox, activity, ...status }) => {
    const known = SANDBOXES.find(one => one === sandbox)
    return { ...status, ...(known && { sandbox: known }), ...(activity && { activity }) }
  })
}
