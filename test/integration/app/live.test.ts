import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, ServerEvents, Subscription, Tick } from '#app/live/protocol.ts'
import type { BatchView } from '#lib/vocabulary/batch.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { publish, send, startTestServer, workWith } from '#test/test-server.ts'
import { until } from '#test/until.ts'

type LiveSocket = Socket<ServerEvents, ClientEvents>

describe('the live protocol', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer
  const sockets: LiveSocket[] = []

  before(async () => {
    testServer = await startTestServer()
    pptx = await deck({ slides: 1 })
  })
  after(async () => {
    for (const socket of sockets) socket.close()
    await testServer?.close()
  })

  const connect = (
    options: { transports?: string[]; extraHeaders?: Record<string, string> } = {},
  ): LiveSocket => {
    const socket: LiveSocket = io(testServer.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...options,
    })
    sockets.push(socket)
    return socket
  }
  const subscribe = async (socket: LiveSocket, to: Subscription): Promise<Snapshot[]> => {
    const answer = await socket.emitWithAck('subscribe', to)
    assert.ok('jobs' in answer, JSON.stringify(answer))
    return answer.jobs
  }
  const create = async (headers: Record<string, string> = {}): Promise<Snapshot> =>
    (await send(testServer.url, { name: 'deck.pptx', bytes: pptx }, { headers })).json()

  for (const transport of ['websocket', 'polling']) {
    it(`pushes a job's whole life over ${transport}`, async t => {
      const socket = connect({ transports: [transport] })
      const job = await create()
      const seen: Snapshot[] = []
      const ticks: Tick[] = []
      socket.on('job', snapshot => seen.push(snapshot))
      socket.on('progress', tick => ticks.push(tick))
      const now = await subscribe(socket, { jobIds: [job.id] })
      assert.deepEqual(
        now.map(j => [j.id, j.state]),
        [[job.id, 'queued']],
      )
      const consumer = await testServer.jobs.consume(
        async attempt => {
          attempt.progress({
            phase: 'loading',
            current: null,
            total: null,
            unit: null,
            percent: null,
            indeterminate: true,
          })
          await publish(testServer.storage, attempt, Buffer.from('%PDF'))
        },
        { worker: 'test/1', slots: 1 },
      )
      t.after(() => consumer.stop(0))
      await until('the end is heard', () => seen.some(s => s.state === 'completed'))
      assert.ok(seen.some(s => s.state === 'running'))
      assert.equal(ticks[0]?.progress.phase, 'loading')
      assert.equal(seen.at(-1)?.result?.pages, 3)
    })
  }

  it('answers a subscription to a job that has ended with its end', async () => {
    const job = await create()
    await testServer.jobs.cancel(job.id)
    const now = await subscribe(connect(), { jobIds: [job.id] })
    assert.deepEqual(
      now.map(j => j.state),
      ['cancelled'],
    )
  })

  it('pushes new jobs to their owner and to nobody else', async () => {
    const cookie = ((await fetch(testServer.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const mine = connect({ extraHeaders: { cookie } })
    const stranger = connect()
    const heard: string[] = []
    const strange: string[] = []
    mine.on('job', s => heard.push(s.id))
    stranger.on('job', s => strange.push(s.id))
    assert.deepEqual(await subscribe(mine, { mine: true }), [])
    assert.deepEqual(await subscribe(stranger, { mine: true }), [])
    const job = await create({ cookie })
    await until('the owner hears of it', () => heard.includes(job.id))
    await testServer.jobs.purge(job.id)
    assert.deepEqual(strange, [])
  })

  it('pushes a new queue position to waiting jobs, though nothing else changed', async () => {
    const [first, second] = [await create(), await create()]
    const socket = connect()
    const positions: (number | null)[] = []
    socket.on('positions', ([moved]) => moved?.id === second.id && positions.push(moved.queue.ahead))
    const now = await subscribe(socket, { jobIds: [second.id] })
    assert.equal(now[0]?.queue?.ahead, 1)
    await testServer.jobs.cancel(first.id)
    await until('the place moved', () => positions.includes(0))
    await testServer.jobs.purge(second.id)
  })

  it('pushes that a job is gone', async () => {
    const job = await create()
    const socket = connect()
    const gone: string[] = []
    socket.on('gone', ({ id }) => gone.push(id))
    await subscribe(socket, { jobIds: [job.id] })
    await testServer.jobs.purge(job.id)
    await until('it is told', () => gone.includes(job.id))
  })

  it('tells an owner that an ended job is gone, and nobody else', async () => {
    const cookie = ((await fetch(testServer.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const [mine, stranger] = [connect({ extraHeaders: { cookie } }), connect()]
    const gone: string[] = []
    const strange: string[] = []
    mine.on('gone', ({ id }) => gone.push(id))
    stranger.on('gone', ({ id }) => strange.push(id))
    await subscribe(mine, { mine: true })
    const [job, other] = [await create({ cookie }), await create()]
    await subscribe(stranger, { jobIds: [other.id] })
    for (const { id } of [job, other]) await testServer.jobs.cancel(id)
    for (const { id } of [job, other]) await testServer.jobs.purge(id)
    await until('each hears of its own', () => gone.length > 0 && strange.length > 0)
    assert.deepEqual([gone, strange], [[job.id], [other.id]])
  })

  it('tells whoever knows a batch how far it is, and lets nobody else add to it', async t => {
    const cookie = ((await fetch(testServer.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const batchId = randomUUID()
    const owned = { headers: { cookie }, fields: { batchId } }
    const file = { name: 'deck.pptx', bytes: pptx }
    const first: Snapshot = await (await send(testServer.url, file, owned)).json()
    const foreign = await send(testServer.url, file, { fields: { batchId } })
    assert.deepEqual([foreign.status, (await foreign.json()).code], [403, 'not_your_batch'])
    const stranger = connect()
    const batches: BatchView[] = []
    const heard = new Set<string>()
    stranger.on('batch', batch => batches.push(batch))
    stranger.on('job', ({ id }) => heard.add(id))
    const answer = await stranger.emitWithAck('subscribe', { batchId })
    assert.ok('jobs' in answer)
    assert.deepEqual(
      [answer.jobs.map(({ id }) => id), answer.batch?.total, answer.batch?.counts.queued],
      [[first.id], 1, 1],
    )
    const second: Snapshot = await (await send(testServer.url, file, owned)).json()
    const consumer = await workWith(testServer.jobs, testServer.storage, Buffer.from('%PDF'))
    t.after(() => consumer.stop(0))
    await until('both are done', () => batches.at(-1)?.counts.completed === 2)
    const versions = batches.map(({ version }) => version)
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a - b),
    )
    assert.ok((versions[0] ?? 0) > (answer.batch?.version ?? 0))
    assert.ok(heard.has(second.id))
    const gone: string[] = []
    stranger.on('gone', ({ id }) => gone.push(id))
    await testServer.jobs.purge(first.id)
    await until('it has one job less', () => batches.at(-1)?.total === 1)
    assert.deepEqual(gone, [first.id])
    await testServer.jobs.purge(second.id)
  })

  it('knows a batch that has no job yet by its first one', async () => {
    const cookie = ((await fetch(testServer.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const [socket, batchId] = [connect({ extraHeaders: { cookie } }), randomUUID()]
    const batches: BatchView[] = []
    socket.on('batch', batch => batches.push(batch))
    assert.deepEqual(await socket.emitWithAck('subscribe', { batchId }), { jobs: [], batch: null })
    const options = { headers: { cookie }, fields: { batchId } }
    const job: Snapshot = await (await send(testServer.url, { name: 'a.pptx', bytes: pptx }, options)).json()
    await until('it is told', () => batches.some(({ total }) => total === 1))
    await testServer.jobs.purge(job.id)
  })

  it('refuses a socket that another website opens', async () => {
    for (const transport of ['websocket', 'polling']) {
      const socket = connect({ transports: [transport], extraHeaders: { origin: 'https://evil.example' } })
      const outcome = await new Promise(resolve => {
        socket.on('connect', () => resolve('connected'))
        socket.on('connect_error', () => resolve('refused'))
      })
      assert.equal(outcome, 'refused', transport)
    }
    const own = connect({ extraHeaders: { origin: testServer.url } })
    await until('our own page connects', () => own.connected)
  })

  for (const [what, to, code, said] of [
    ['a number that no job has', { jobIds: ['../etc'] }, 'invalid_request', /jobIds\.0/],
    ['more than 500 jobs', { jobIds: Array.from({ length: 501 }, randomUUID) }, 'invalid_request', /500/],
    ['a name that it does not know', { jobIDs: [] }, 'unknown_field', /Did you mean “jobIds”/],
    ['two things at once', { mine: true, batchId: randomUUID() }, 'invalid_request', /one of/],
    ['nothing', {}, 'invalid_request', /one of/],
    ['no object', 'mine', 'invalid_request', /body/],
  ] as const)
    it(`refuses a subscription to ${what}`, async () => {
      const answer = await connect().emitWithAck('subscribe', to as unknown as Subscription)
      assert.ok('error' in answer)
      assert.equal(answer.error.code, code)
      assert.match(`${answer.error.message} ${answer.error.nextStep}`, said)
    })

  it('survives a subscription that wants no answer', async () => {
    const socket = connect()
    ;(socket as unknown as { emit(name: string, ...rest: unknown[]): void }).emit('subscribe')
    assert.deepEqual(await subscribe(socket, { jobIds: [] }), [])
  })
})
