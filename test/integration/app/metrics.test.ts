import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { io } from 'socket.io-client'
import type { Attempt } from '#lib/jobs.ts'
import { createWorkMetrics } from '#lib/metrics/work-metrics.ts'
import { packTotals } from '#lib/metrics/work-totals.ts'
import { AppError, ERRORS } from '#lib/vocabulary/errors.ts'
import { textNamedPptx } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { samplesOf } from '#test/metric-samples.ts'
import { ADMIN_TOKEN, publish, rightsTo, send, startTestServer } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const OPERATOR_TOKEN = 'may-look-but-not-act'
const WORKER = 'host/1'

describe('the metrics', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer
  before(async () => {
    testServer = await startTestServer({ OPERATOR_TOKEN, DISK_RESERVE_MB: '7' })
    pptx = await deck({ slides: 1 })
  })
  after(() => testServer.close())

  const ask = (path: string, token?: string) =>
    fetch(testServer.url + path, token ? { headers: { authorization: `Bearer ${token}` } } : {})
  const scrape = async () => samplesOf(await (await ask('/metrics', OPERATOR_TOKEN)).text())
  const post = (name = 'deck.pptx', bytes = pptx) => send(testServer.url, { name, bytes })
  const create = async (): Promise<string> => (await (await post()).json()).id
  const run = (attempt: (attempt: Attempt) => Promise<unknown>) =>
    testServer.jobs.consume(async each => void (await attempt(each)), { worker: WORKER, slots: 1 })

  it('are for the operator alone, who may look with a second token', async () => {
    for (const path of ['/metrics', '/api/admin/queue']) {
      assert.equal((await ask(path)).status, 401)
      assert.equal((await ask(path, 'wrong')).status, 401)
      assert.equal((await ask(path, OPERATOR_TOKEN)).status, 200)
      assert.equal((await ask(path, ADMIN_TOKEN)).status, 200)
    }
    const answer = await ask('/metrics', OPERATOR_TOKEN)
    assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
  })

  it('count what is created, refused, received and cancelled', async () => {
    const before = await scrape()
    const id = await create()
    await post('text.pptx', textNamedPptx())
    const erased = await fetch(`${testServer.url}/api/jobs/${id}`, {
      method: 'DELETE',
      headers: rightsTo(id),
    })
    assert.ok(erased.ok)
    const now = await scrape()
    const grown = (series: string) => (now.get(series) ?? 0) - (before.get(series) ?? 0)
    assert.equal(grown('nightshift_jobs_created_total'), 1)
    assert.equal(grown('nightshift_upload_bytes_total'), pptx.length + textNamedPptx().length)
    assert.equal(grown('nightshift_jobs_cancelled_total'), 1)
    const refused = [...now.keys()].filter(series => series.startsWith('nightshift_jobs_refused_total'))
    assert.deepEqual(refused.map(grown), [1])
  })

  it('tell the queue as it stands, and for how long the oldest job waits', async t => {
    const ids = [await create(), await create()]
    t.after(() => Promise.all(ids.map(id => testServer.jobs.cancel(id))))
    const now = await until('the figures are new', async () => {
      const samples = await scrape()
      return samples.get('nightshift_jobs{state="queued"}') === 2 && samples
    })
    const waits = now.get('nightshift_oldest_waiting_seconds') ?? 0
    assert.ok(waits > 0 && waits < 60, String(waits))
    assert.equal(now.get('nightshift_jobs{state="running"}'), 0)
    assert.equal(now.get('nightshift_dead_letter_jobs'), 0)
    assert.equal(now.get('nightshift_disk_reserve_bytes'), 7_000_000)
    assert.ok((now.get('nightshift_disk_free_bytes') ?? 0) > 7_000_000)
    assert.equal(now.get('nightshift_database_up'), 1)
  })

  it('tell of each worker that reports what it is, does and has counted', async () => {
    const startedAt = '2026-11-30T01:00:00.000Z'
    const process = { pid: 7, startedAt, documents: 3 }
    const counted = createWorkMetrics('worker')
    counted.record({ type: 'failed', code: 'cpu_limit', isDead: false })
    const totals = packTotals(await counted.registry.getMetricsAsJSON())
    const engines = [
      { ...process, state: 'busy', memoryBytes: 300 },
      { ...process, state: 'idle', memoryBytes: 200 },
      { ...process, state: 'idle', memoryBytes: null },
    ] as const
    const activity = { host: 'host', startedAt, engines: [...engines], totals }
    const status = { worker: WORKER, slots: 2, ready: true, trouble: null }
    await testServer.jobs.heartbeat({ ...status, sandbox: 'bwrap', activity })
    const now = await until('the figures are new', async () => {
      const samples = await scrape()
      return samples.has(`nightshift_worker_ready{worker="${WORKER}"}`) && samples
    })
    const of = (name: string, labels = '') => now.get(`nightshift_${name}{worker="${WORKER}"${labels}}`)
    assert.deepEqual([of('worker_ready'), of('worker_slots')], [1, 2])
    assert.equal(now.get('nightshift_ready_workers'), 1)
    assert.equal(of('worker_info', ',sandbox="bwrap",host="host"'), 1)
    assert.equal(of('worker_start_time_seconds'), Date.parse(startedAt) / 1000)
    const states = ['starting', 'idle', 'busy'].map(state => of('worker_engines', `,state="${state}"`))
    assert.deepEqual([...states, of('worker_engine_memory_bytes')], [0, 2, 1, 500])
    assert.equal(now.get(`nightshift_jobs_failed_total{code="cpu_limit",worker="${WORKER}"}`), 1)

    const { workers } = await (await ask('/api/admin/queue', OPERATOR_TOKEN)).json()
    assert.deepEqual(workers, [
      { ...status, sandbox: 'bwrap', activity: { host: 'host', startedAt, engines: [...engines] } },
    ])
  })

  it('count retries, failures and dead letters by codes of a closed set, and how long ends take to browsers', async t => {
    const socket = io(testServer.url, { transports: ['websocket'] })
    t.after(() => socket.close())
    await until('a socket is counted', async () => (await scrape()).get('nightshift_sockets') === 1)
    const before = await scrape()
    const id = await create()
    await socket.emitWithAck('subscribe', { jobIds: [id] })
    const ends = [
      new AppError('engine_crashed').toStoredError(),
      { code: 'of_tomorrow', details: {}, retryable: false },
    ]
    const consumer = await run(async attempt => {
      const error = ends[attempt.job.attempt - 1]
      return error
        ? attempt.failIfStillMine(error)
        : publish(testServer.storage, attempt, Buffer.from('%PDF-'))
    })
    t.after(() => consumer.stop(0))
    const now = await until('it has failed and was pushed', async () => {
      const samples = await scrape()
      return (samples.get('nightshift_event_lag_seconds_count') ?? 0) === 1 && samples
    })
    const grown = (series: string) => (now.get(series) ?? 0) - (before.get(series) ?? 0)
    // The jobs of this process are in its memory, so it works itself.
    assert.equal(grown('nightshift_job_retries_total{code="engine_crashed"}'), 1)
    assert.equal(grown('nightshift_jobs_failed_total{code="other"}'), 1)
    assert.equal(grown('nightshift_dead_letters_total'), 0)
    socket.close()
    await until('no socket is left', async () => (await scrape()).get('nightshift_sockets') === 0)
  })

  it('have no label with a value of its own for each job or sender', async () => {
    const closed = new Set(['other', ...Object.keys(ERRORS)])
    for (const series of (await scrape()).keys()) {
      const code = /code="([^"]*)"/.exec(series)?.[1]
      if (code !== undefined) assert.ok(closed.has(code), series)
      assert.doesNotMatch(series, /[\da-f]{8}-[\da-f]{4}|deck|pptx/, series)
    }
  })
})

it('where the database does not answer, the metrics say so and lack what it knows', async t => {
  const testServer = await startTestServer()
  t.after(() => testServer.close())
  t.mock.method(testServer.jobs, 'stats', () => Promise.reject(new AppError('database_down')))
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  const answer = await fetch(`${testServer.url}/metrics`, { headers })
  const samples = samplesOf(await answer.text())
  assert.equal(samples.get('nightshift_database_up'), 0)
  assert.equal(samples.has('nightshift_dead_letter_jobs'), false)
  assert.equal(
    [...samples.keys()].some(series => series.startsWith('nightshift_jobs{')),
    false,
  )
  assert.ok(samples.has('process_cpu_seconds_total'))
})

it('metrics can be had without BASE_PATH, from inside, and below it', async t => {
  const testServer = await startTestServer({ BASE_PATH: '/convert' })
  t.after(() => testServer.close())
  for (const path of ['/metrics', '/convert/metrics'])
    assert.equal((await fetch(testServer.url + path)).status, 401, path)
})
