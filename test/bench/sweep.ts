/**
 * A sweep of expired jobs beside claims: how soon a job starts and how long its claim takes while files and rows of
 * 100,000 expired jobs are deleted, in turns with times without a sweep in the same run. Option: `--jobs`.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { pino } from 'pino'
import { type Backend, openBackend } from '#lib/backend.ts'
import { readConfig } from '#lib/config.ts'
import { sourceKey } from '#lib/jobs.ts'
import { startSweeps } from '#lib/maintenance/scheduled-sweeps.ts'
import { bodyOf } from '#lib/maintenance/sweep-message.ts'
import { createDatabase } from '#test/create-database.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import { until } from '#test/until.ts'

/** How much later jobs may start beside a sweep. */
const LATEST = 1.2
/** Jobs between two changes from sweeping to not sweeping. */
const PER_TURN = 100
const MOST_TURNS = 100
const LONG_MS = 3_600_000
const RESULT = { key: 'k', fileName: 'a.pdf', bytes: 1, pages: 1, sha256: 'a' }
const EXPIRED = `
  INSERT INTO jobs (id, batch_id, owner, file_name, source_bytes, source_format, source_sha256, target, options,
    max_attempts, message_id, state, created_at, queued_at, finished_at, expires_at)
  SELECT id, id, 'owner', 'a.docx', 6, 'docx', 'a', 'pdf', '{}', 3, gen_random_uuid(), 'cancelled', now(), now(), now(),
    now() - interval '1 hour'
  FROM unnest($1::uuid[]) AS id`
const KEPT =
  "SELECT count(*)::int AS rows FROM jobs WHERE state = 'cancelled' AND files_deleted_at IS NULL AND expires_at < now()"
const log = pino({ level: 'silent' })

const { values: flags } = parseArgs({ options: { jobs: { type: 'string', default: '100000' } } })
const database = await createDatabase({ recorded: false })
const folder = await mkdtemp(join(tmpdir(), 'nightshift-sweep-'))
const environment = { DATABASE_URL: database.url, DATA_DIR: folder, QUEUE_LIMIT: '1000000' }
const backend = await openBackend(readConfig(environment), log)
const sql = new pg.Client({ connectionString: database.url })
await sql.connect()
await fill(Number(flags.jobs))
await measure()
await sql.end()
await backend.close()
await database.drop()
await rm(folder, { recursive: true, force: true })

/** Rows of expired jobs, each with a source. */
async function fill(count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => randomUUID())
  await sql.query(EXPIRED, [ids])
  await sql.query('VACUUM ANALYZE jobs')
  for (const id of ids) {
    const path = join(folder, 'files', sourceKey(id))
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, 'source')
  }
}

async function measure(): Promise<void> {
  const starts: Record<'beside' | 'without', number[]> = { beside: [], without: [] }
  const before = await keptRows()
  let sweptMs = 0
  for (let turn = 0; turn < MOST_TURNS && (await keptRows()) > 0; turn++) {
    starts.without.push(...(await startTimes(backend)))
    const sweeps = await startSweeps(backend, log)
    await backend.maintenanceQueue.send('maintain', [{ id: randomUUID(), body: bodyOf({ kind: 'expired' }) }])
    const began = performance.now()
    const kept = await keptRows()
    await until('it sweeps', async () => (await keptRows()) < kept)
    starts.beside.push(...(await startTimes(backend)))
    await sweeps.stop()
    sweptMs += performance.now() - began
  }
  const swept = before - (await keptRows())
  const ratio = median(starts.beside) / median(starts.without)
  console.log(`${swept} expired jobs swept beside claims, ${((swept * 1000) / sweptMs).toFixed(0)} a second`)
  console.log(
    `a job starts after ${median(starts.without).toFixed(2)} ms (p50) without a sweep, ${median(starts.beside).toFixed(2)} ms beside one: ${ratio.toFixed(2)} times`,
  )
  await sweepRest()
  if (ratio > LATEST) process.exitCode = 1
}

async function sweepRest(): Promise<void> {
  const began = performance.now()
  const rows = await keptRows()
  const sweeps = await startSweeps(backend, log)
  await until('all are swept', async () => (await keptRows()) === 0, LONG_MS)
  await sweeps.stop()
  if (rows > 0)
    console.log(`the other ${rows} took ${((performance.now() - began) / 1000).toFixed(0)} s alone`)
}

/** From create to the start of the attempt, in milliseconds, of jobs one after the other. */
async function startTimes({ jobs }: Backend): Promise<number[]> {
  const times: number[] = []
  let started = (_at: number) => {}
  const consumer = await jobs.consume(
    async attempt => {
      started(performance.now())
      await attempt.completeIfStillMine(RESULT)
    },
    { worker: 'bench/1', slots: 1 },
  )
  for (let n = 0; n < PER_TURN; n++) {
    const start = new Promise<number>(resolve => {
      started = resolve
    })
    const asked = performance.now()
    await jobs.create(newJob())
    times.push((await start) - asked)
  }
  await consumer.stop(1000)
  return times
}

async function keptRows(): Promise<number> {
  return (await sql.query<{ rows: number }>(KEPT)).rows[0]?.rows ?? 0
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
