import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it, type TestContext } from 'node:test'
import { environmentWith } from '#lib/config.ts'
import { POSTGRES } from '#test/back-end.ts'
import { type CreatedJob, jobStatusOf, reachState } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { samplesOf } from '#test/metric-samples.ts'
import { send } from '#test/test-server.ts'
import { until } from '#test/until.ts'
import { startWeb } from '#test/web.ts'
import { officesBelow } from '../worker/test-engine.ts'

const MAIN = join(import.meta.dirname, '../../../worker/main.ts')
const ADMIN_TOKEN = 'token-of-the-operator'
const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }

/** Long enough that its process can be killed while it is exported. */
const SLIDES = 60

/** A web process and a worker with one slot, on a database of their own. */
async function open(t: TestContext) {
  const dataDir = await mkdtemp(join(tmpdir(), 'nightshift-metrics-'))
  await chmod(dataDir, 0o711)
  const { env, close } = await POSTGRES.open()
  const settings = { ...env, DATA_DIR: dataDir, SLOTS: '1', ADMIN_TOKEN, LOG_LEVEL: 'silent' }
  const worker = spawn(process.execPath, [MAIN], { env: environmentWith(settings), stdio: 'inherit' })
  const web = await startWeb({ dataDir, databaseUrl: env.DATABASE_URL ?? '', env: settings })
  t.after(async () => {
    worker.kill('SIGTERM')
    if (worker.exitCode === null) await once(worker, 'exit')
    await web.end()
    await close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const { url } = web
  await until('the worker is ready', async () => (await fetch(`${url}/readyz`)).ok)
  return {
    url,
    offices: () => officesBelow(worker.pid ?? 0),
    async create(slides: number, fields: Record<string, string> = {}): Promise<string> {
      const file = { name: 'deck.pptx', bytes: await deck({ slides }) }
      const job: CreatedJob = await (await send(url, file, { fields })).json()
      return job.id
    },
    scrape: async () => samplesOf(await (await fetch(`${url}/metrics`, { headers })).text()),
  }
}

it('an instance that converts a file, refuses one in its engine and repeats one whose engine died counts exactly that', async t => {
  const { url, offices, create, scrape } = await open(t)
  await reachState(url, await create(2), 'completed')
  await reachState(url, await create(2, { pages: '9' }), 'failed')
  const pids = await until('a process and a spare', async () => {
    const running = await offices()
    return running.length === 2 && running
  })
  const id = await create(SLIDES)
  await until('it is exported', async () => (await jobStatusOf(url, id)).progress?.phase === 'exporting')
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  await reachState(url, id, 'completed')

  const samples = await until('the worker has reported it, and that other processes are ready', async () => {
    const now = await scrape()
    const sum = (name: RegExp) => [...now].reduce((all, [series, n]) => all + (name.test(series) ? n : 0), 0)
    return sum(/^nightshift_worker_engines\{.*idle/) === 2 && sum(/_completed_total/) === 2 && now
  })
  const counts = [...samples].filter(([series, n]) => n > 0 && /_total|_count/.test(series))
  const ofNightshift = counts.filter(
    ([series]) => series.startsWith('nightshift_') && !/bytes|lag/.test(series),
  )
  assert.deepEqual(Object.fromEntries(ofNightshift.map(([series, n]) => [withoutWorker(series), n])), {
    // By the web process.
    nightshift_jobs_created_total: 3,
    // By the worker.
    'nightshift_attempts_started_total{worker}': 4,
    'nightshift_job_wait_seconds_count{worker}': 3,
    'nightshift_jobs_completed_total{worker}': 2,
    'nightshift_job_duration_seconds_count{worker}': 2,
    'nightshift_jobs_failed_total{code="no_such_page",worker}': 1,
    'nightshift_job_retries_total{code="engine_crashed",worker}': 1,
    'nightshift_engine_starts_total{outcome="started",worker}': 4,
    'nightshift_engine_kills_total{reason="crash",worker}': 2,
  })
  assert.equal(samples.get('nightshift_dead_letter_jobs'), 0)
})

const withoutWorker = (series: string) => series.replace(/worker="[^"]+"/, 'worker')
