import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type CreatedJob, jobStatusOf, reachState } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { samplesOf } from '#test/metric-samples.ts'
import { stopOfficesOf } from '#test/offices.ts'
import { send } from '#test/test-server.ts'
import { until } from '#test/until.ts'
import { startWebAndWorker } from '#test/web-and-worker.ts'

const ADMIN_TOKEN = 'token-of-the-operator'

it('an instance that converts a file, fails at one and repeats one whose engine died counts exactly that', async t => {
  const { url, worker, end } = await startWebAndWorker({ ADMIN_TOKEN })
  t.after(end)
  const create = async (slides: number, fields: Record<string, string> = {}): Promise<string> => {
    const file = { name: 'deck.pptx', bytes: await deck({ slides }) }
    const job: CreatedJob = await (await send(url, file, { fields })).json()
    return job.id
  }
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  const scrape = async () => samplesOf(await (await fetch(`${url}/metrics`, { headers })).text())

  await reachState(url, await create(2), 'completed')
  await reachState(url, await create(2, { options: '{"pages":"9"}' }), 'failed')
  const offices = await stopOfficesOf(() => worker.pid, 1)
  const id = await create(2)
  await until('it is loaded', async () => (await jobStatusOf(url, id)).progress?.phase === 'loading')
  for (const pid of offices) process.kill(pid, 'SIGKILL')
  await reachState(url, id, 'completed')

  const samples = await until('the worker has reported it, and that others are ready', async () => {
    const now = await scrape()
    const of = (name: string, labels = '') =>
      [...now].find(([series]) => series.startsWith(`nightshift_${name}{`) && series.includes(labels))?.[1]
    return of('worker_engines', 'idle') === 2 && of('jobs_completed_total') === 2 && now
  })
  const counts = [...samples].filter(([series, n]) => n > 0 && /_total|_count/.test(series))
  const ofJobs = counts.filter(([series]) => series.startsWith('nightshift_') && !/bytes|lag/.test(series))
  assert.deepEqual(Object.fromEntries(ofJobs.map(([series, n]) => [withoutName(series), n])), {
    nightshift_jobs_created_total: 3,
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

const withoutName = (series: string) => series.replace(/worker="[^"]+"/, 'worker')
