import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { reachState, resultOf, sendBytes } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { pageCount } from '#test/pdf.ts'
import { clearAway, makeDataDir, processesOn, startInstance, type TestInstance } from '#test/test-instance.ts'
import { until } from '#test/until.ts'
import { processTreeOf } from '#worker/sandbox/process-tree.ts'

const SLIDES = 400
/** More than there are connections to the database. */
const MANY = 15

describe('a database that is frozen in mid-job', () => {
  const dataDir = makeDataDir()
  let instance: TestInstance

  before(async () => {
    instance = await startInstance({ dataDir, env: { SLOTS: '1' } })
    await instance.ready()
    await until('it is ready', async () => (await get('/readyz')).ok, 60_000)
  })
  after(async () => {
    await instance?.end('SIGTERM')
    await clearAway(dataDir)
  })

  const cookie = { value: '' }
  const ask = (path: string, options: RequestInit = {}) =>
    fetch(instance.url + path, {
      ...options,
      headers: { cookie: cookie.value },
      signal: AbortSignal.timeout(10_000),
    })
  const get = (path: string) => ask(path)
  const post = async (name: string) => {
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(await deck({ slides: 1 }))]), name)
    return ask('/api/jobs', { method: 'POST', body: form })
  }
  const signal = async (name: NodeJS.Signals) => {
    const line = processesOn(dataDir).find(command => command.includes('postgres -D'))
    for (const pid of processTreeOf(Number.parseInt(line ?? '', 10))) process.kill(pid, name)
  }
  const codeOf = async (answer: Promise<Response>) => {
    const { status } = await answer
    return [status, (await (await answer).json()).code]
  }

  it('answers every call with 503 within 10 s, and after it thaws nothing is lost or doubled', async () => {
    cookie.value = (await get('/')).headers.get('set-cookie')?.split(';')[0] ?? ''
    const { id } = await (await post('first.pptx')).json()
    await reachState(instance.url, id, 'completed')
    const long = await sendBytes(instance.url, 'long.pptx', await deck({ slides: SLIDES }))
    await reachState(instance.url, long.id, 'running')
    await signal('SIGSTOP')
    try {
      const calls = [
        post('lost.pptx'),
        post('lost too.pptx'),
        get('/readyz'),
        get('/api/presets'),
        get('/api/jobs'),
        ask(`/api/jobs/${long.id}`, { method: 'DELETE' }),
        ...Array.from({ length: MANY }, () => get(`/api/jobs/${id}`)),
      ].map(codeOf)
      for (const said of await Promise.all(calls)) assert.deepEqual(said, [503, 'database_down'])
      assert.equal((await get('/healthz')).status, 200)
    } finally {
      await signal('SIGCONT')
    }
    for (const path of ['/readyz', '/api/presets', `/api/jobs/${id}`])
      await until(`${path} answers`, async () => (await get(path)).ok, 30_000)
    const done = await reachState(instance.url, long.id, 'completed')
    assert.deepEqual(
      done.timeline.map(({ outcome }) => outcome),
      ['completed'],
    )
    assert.equal(await pageCount(await resultOf(instance.url, long.id)), SLIDES)
    const next = await (await post('next.pptx')).json()
    await reachState(instance.url, next.id, 'completed')
    const { jobs } = await (await get('/api/jobs')).json()
    assert.deepEqual(
      jobs.map((job: { id: string }) => job.id),
      [next.id, id],
    )
  })
})
