/**
 * What operators cost, with many jobs beside few: the overview and a page of the list of jobs, as medians of one run, and
 * the share of a core that the pushed overview takes of the process and of PostgreSQL. Reads may take 1.2 times as long
 * with many jobs, the pushed overview 1 % of a core. A scrape is measured by `npm run bench -- metrics`. Options:
 * `--jobs N` (1,000,000), `--reads N` (300), `--seconds N` (20).
 */
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { createOverview } from '#app/overview/read-overview.ts'
import { type Backend, openBackend } from '#lib/backend.ts'
import { readConfig } from '#lib/config.ts'
import { openLog } from '#lib/log.ts'
import { cpuMs } from '#test/cpu-time.ts'
import { createDatabase } from '#test/create-database.ts'
import { backendCpu } from './operations/backend-cpu.ts'

const FEW = 1000
const PAGE = 50
const [MOST_RATIO, MOST_SHARE] = [1.2, 0.01]
/** Readings that do not count: the first ones open connections, and whoever looks does so for minutes. */
const UNCOUNTED = 10

const { values: flags } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1000000' },
    reads: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '20' },
  },
})

/** All within the last 30 days, some of them waiting; one in twenty failed. */
const FILL = `
  INSERT INTO jobs (id, batch_id, owner, file_name, source_format, source_bytes, source_sha256, target, max_attempts,
    message_id, state, error, created_at, queued_at, started_at, finished_at, expires_at, queue_number)
  SELECT gen_random_uuid(), gen_random_uuid(), 'owner-' || n % 500, 'a-' || n % 1000 || '.docx', 'docx', n, md5(n::text),
    'pdf', 3, gen_random_uuid(),
    CASE WHEN n <= 100 THEN 'queued' WHEN n % 20 = 0 THEN 'failed' ELSE 'completed' END::job_state,
    CASE WHEN n > 100 AND n % 20 = 0 THEN '{"code": "stalled", "details": {}, "retryable": true}'::jsonb END,
    at, at, CASE WHEN n > 100 THEN at END, CASE WHEN n > 100 THEN at + interval '2 s' END, now() + interval '1 day',
    CASE WHEN n <= 100 THEN n END
  FROM generate_series(1, $1::int) AS n,
    LATERAL (SELECT now() - n * interval '30 days' / $1::int) AS t(at)`

const sides = await Promise.all([FEW, Number(flags.jobs)].map(open))
const times = await measure()
const share = await pushedShare()
report()
for (const { close } of sides) await close()

interface Side {
  jobs: number
  backend: Backend
  overview: ReturnType<typeof createOverview>
  sql: pg.Client
  close(): Promise<void>
}

async function open(jobs: number): Promise<Side> {
  const database = await createDatabase({ recorded: false })
  const sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  await sql.query(FILL, [jobs])
  await sql.query('VACUUM ANALYZE jobs')
  const config = readConfig({ DATABASE_URL: database.url, DATA_DIR: process.env.TMPDIR ?? '/tmp' })
  const backend = await openBackend(config, openLog('bench', { level: 'silent', format: 'json' }))
  await backend.jobs.heartbeat({ worker: 'bench/1', slots: 2, ready: true, trouble: null })
  while (await backend.statistics?.rollUp(new Date()));
  const close = async () => {
    await backend.close()
    await sql.end()
    await database.drop()
  }
  return { jobs, backend, sql, overview: createOverview({ ...backend, config }), close }
}

type Reads = Record<'overview' | 'list', number[]>

/** Both sides in turn, so that what else the machine does meets both. */
async function measure(): Promise<Reads[]> {
  const found: Reads[] = sides.map(() => ({ overview: [], list: [] }))
  for (let n = 0; n < Number(flags.reads); n++)
    for (const [index, { backend, overview }] of sides.entries()) {
      found[index]?.overview.push(await timeOf(overview))
      found[index]?.list.push(await timeOf(() => backend.jobs.search.find({ filter: {}, limit: PAGE })))
    }
  return found
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Of one core, with many jobs: what the readings add to what this process and its connections use without them. */
async function pushedShare(): Promise<{ idle: number; pushed: number }> {
  const [, many] = sides
  if (!many) return { idle: 0, pushed: 0 }
  const ofBackends = backendCpu(many.sql)
  const used = async () => cpuMs() + (await ofBackends())
  const idle = await shareOfCore(used, async () => {})
  return { idle, pushed: (await shareOfCore(used, many.overview)) - idle }
}

async function shareOfCore(used: () => Promise<number>, eachSecond: () => Promise<unknown>): Promise<number> {
  const seconds = Number(flags.seconds)
  let before = 0
  for (let n = -UNCOUNTED; n < seconds; n++) {
    if (n === 0) before = await used()
    await eachSecond()
    await sleep(1000)
    await used()
  }
  return ((await used()) - before) / (seconds * 1000)
}

function report(): void {
  for (const what of ['overview', 'list'] as const) {
    const [few = 0, many = 0] = times.map(reads => median(reads[what]))
    const ratio = many / few
    console.log(
      `${what}: ${few.toFixed(2)} ms with ${sides[0]?.jobs} jobs, ${many.toFixed(2)} ms with ${sides[1]?.jobs}: ${ratio.toFixed(2)} times`,
    )
    if (ratio > MOST_RATIO) process.exitCode = 1
  }
  const [idle, pushed] = [share.idle, share.pushed].map(of => (of * 100).toFixed(2))
  console.log(
    `the overview, read each second: ${pushed} % of one core, beside ${idle} % without anybody looking`,
  )
  if (share.pushed > MOST_SHARE) process.exitCode = 1
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
