import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { io } from 'socket.io-client'
import type { Overview } from '#app/overview/overview.ts'
import { ADMIN_TOKEN, startTestServer } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const OPERATOR_TOKEN = 'may-look-but-not-act'
const WORKER = 'host/1'

describe('what operators do to the queue, to workers and to schedules', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  before(async () => {
    testServer = await startTestServer({ OPERATOR_TOKEN })
    await testServer.jobs.heartbeat({ worker: WORKER, slots: 1, ready: true, trouble: null })
  })
  after(() => testServer.close())

  const act = (path: string, fields: Record<string, string> = {}, token = ADMIN_TOKEN) =>
    fetch(testServer.url + path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { authorization: `Bearer ${token}` },
    })
  const readyz = async () => (await fetch(`${testServer.url}/readyz`)).json()

  it('pauses the jobs, which stays ready and says so, and resumes them', async () => {
    assert.equal((await readyz()).pausedSince, undefined)
    assert.equal((await act('/admin/queues/convert/pause')).status, 200)
    const { pausedSince } = await testServer.jobs.stats()
    assert.ok(pausedSince)
    const { ok, pausedSince: told } = await readyz()
    assert.deepEqual([ok, told], [true, pausedSince.toISOString()])
    assert.equal((await testServer.jobs.takeOrders(WORKER)).isPaused, true)
    assert.equal((await act('/admin/queues/convert/resume')).status, 200)
    assert.equal((await testServer.jobs.stats()).pausedSince, null)
  })

  it('orders a worker that reports, and no other one', async () => {
    assert.equal((await act('/admin/workers/drain', { worker: WORKER })).status, 200)
    const kill = await act('/admin/workers/kill', { worker: WORKER, engine: 'engine-2' })
    assert.equal(kill.status, 200)
    assert.deepEqual(await testServer.jobs.takeOrders(WORKER), {
      ...{ isPaused: false, isDrained: true },
      engines: [{ engine: 'engine-2', action: 'kill' }],
    })
    assert.equal((await act('/admin/workers/undrain', { worker: WORKER })).status, 200)
    assert.equal((await testServer.jobs.takeOrders(WORKER)).isDrained, false)
    const silent = await act('/admin/workers/recycle', { worker: 'host/2', engine: 'engine-2' })
    assert.deepEqual([silent.status, (await silent.json()).code], [409, 'worker_silent'])
    assert.equal((await act('/admin/workers/kill', { worker: WORKER })).status, 400)
  })

  it('runs a schedule that there is', async () => {
    assert.equal((await act('/admin/schedules/run', { schedule: 'expired' })).status, 200)
    assert.equal((await act('/admin/schedules/run', { schedule: 'suspects' })).status, 400)
  })

  it('lets nobody act who may only look', async () => {
    for (const path of ['/admin/queues/convert/pause', '/admin/schedules/run'])
      assert.equal((await act(path, { schedule: 'expired' }, OPERATOR_TOKEN)).status, 403)
    assert.equal((await testServer.jobs.stats()).pausedSince, null)
  })

  it('pushes to a signed-in operator how everything stands', async t => {
    const form = new URLSearchParams({ token: OPERATOR_TOKEN })
    const signedIn = await fetch(`${testServer.url}/admin/sign-in`, {
      ...{ method: 'POST', body: form, redirect: 'manual' },
    })
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const socket = io(testServer.url, { extraHeaders: { cookie }, transports: ['websocket'] })
    t.after(() => socket.disconnect())
    const pushed: Overview[] = []
    socket.on('topic', ({ topic, now }) => topic === 'overview' && pushed.push(now))
    assert.deepEqual(await socket.emitWithAck('watch', 'overview'), { ok: true })
    await until('it is pushed', () => pushed.length > 0)
    assert.deepEqual([pushed[0]?.workers, pushed[0]?.attention], [{ ready: 1, seen: 1 }, []])
    assert.equal(pushed[0]?.minutes, null, 'no statistics are kept in memory')
  })
})
