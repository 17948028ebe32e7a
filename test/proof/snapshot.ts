/**
 * A snapshot that stays open in PostgreSQL under full load makes no claim take more than 1.5 times as long. A backup or
 * a forgotten session holds one, and no dead row can be removed meanwhile, so whatever reads past dead rows slows down
 * with every job. A claim is measured as a worker has it: from the moment at which a slot is free to the start of its
 * next job, while jobs wait. The p95 of the last third of the time counts, since a slowdown grows.
 * Options: `--minutes N` (15, with the snapshot; before it a fifth of that), `--slots N` (4).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { createDatabase } from '#test/create-database.ts'
import { openQueue } from '#test/open-queue.ts'
import { type LoadTimes, startFullLoad } from './snapshot/full-load.ts'

const MOST = 1.5
const WINDOWS = 15
const DEAD_ROWS = `SELECT sum(n_dead_tup) AS dead FROM pg_stat_user_tables`

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '15' }, slots: { type: 'string', default: '4' } },
})
const heldMs = Number(values.minutes) * 60_000
const windowMs = heldMs / WINDOWS

const database = await createDatabase({ recorded: false })
const queue = await openQueue(database.url)
const [holder, sql] = [new pg.Client(database.url), new pg.Client(database.url)]
await Promise.all([holder.connect(), sql.connect()])
const load = await startFullLoad(queue.jobs, Number(values.slots))
try {
  await sleep(windowMs)
  load.take() // Warming up does not count.
  const before = [await measured('before'), await measured('before'), await measured('before')]
  await holder.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM jobs')
  const held: LoadTimes[] = []
  for (let n = 1; n <= WINDOWS; n++)
    held.push(await measured(`held ${((n * windowMs) / 60_000).toFixed(1)} min`))
  await holder.query('COMMIT')
  await measured('after')
  judge(before, held.slice(-WINDOWS / 3))
} finally {
  await load.stop()
  await Promise.all([holder.end(), sql.end()])
  await queue.close()
  await database.drop()
}

async function measured(name: string): Promise<LoadTimes> {
  await sleep(windowMs)
  const times = load.take()
  const dead = Number((await sql.query(DEAD_ROWS)).rows[0].dead)
  const each = Object.entries(times).map(
    ([what, ms]) => `${what} ${percentile(ms, 0.5)} / ${percentile(ms, 0.95)} ms`,
  )
  const pace = ((times.completes.length * 1000) / windowMs).toFixed(0)
  console.log(
    `  ${name.padEnd(14)} ${pace.padStart(4)} jobs/s, p50 / p95: ${each.join(', ')}; ${dead} dead rows`,
  )
  return times
}

function judge(before: LoadTimes[], held: LoadTimes[]): void {
  const [first, last] = [before, held].map(all =>
    Number(
      percentile(
        all.flatMap(({ claims }) => claims),
        0.95,
      ),
    ),
  )
  const ratio = (last ?? Number.NaN) / (first ?? Number.NaN)
  const isGood = ratio <= MOST
  console.log(
    `  ${isGood ? '✓' : '✗'} p95 of a claim: ${first} ms before, ${last} ms in the last third, ${ratio.toFixed(2)} of before`,
  )
  if (!isGood) process.exitCode = 1
}

function percentile(ms: readonly number[], share: number): string {
  return (ms.toSorted((a, b) => a - b)[Math.floor(ms.length * share)] ?? Number.NaN).toFixed(1)
}
