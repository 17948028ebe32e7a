import assert from 'node:assert/strict'
import { afterEach, beforeEach, it } from 'node:test'
import { Server } from 'socket.io'
import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, MovedJob, ServerEvents } from '#app/live/protocol.ts'
import { WORKER_STARTING } from '#lib/jobs.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import { startTestServer } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const WAITING = 2000
const READS = ['get', 'list', 'existing', 'queuePosition', 'queuePositions'] as const

let testServer: Awaited<ReturnType<typeof startTestServer>>
let socket: Socket<ServerEvents, ClientEvents>

beforeEach(async () => {
  const limits = { QUEUE_LIMIT: String(2 * WAITING), OWNER_WAITING: String(2 * WAITING) }
  testServer = await startTestServer(limits)
  socket = io(testServer.url, { transports: ['websocket'], reconnection: false })
})
afterEach(async () => {
  socket?.close()
  await testServer?.close()
})

it('reads the queue once for all who wait, and emits once to each room with listeners', async t => {
  const { jobs } = testServer
  const own = [newJob(), newJob()]
  for (const job of [newJob(), newJob(), ...own]) await jobs.create(job)
  for (let n = 0; n < WAITING; n++) await jobs.create(newJob({ owner: 'the others' }))

  const pushes: (readonly MovedJob[])[] = []
  socket.on('positions', moved => pushes.push(moved))
  await socket.emitWithAck('subscribe', { jobIds: own.map(({ id }) => id) })
  const heard = (ahead: number) => () => {
    const last = pushes.slice(-own.length).flat()
    return own.every(({ id }, index) => last.some(one => one.id === id && one.queue.ahead === ahead + index))
  }

  // The first job of all: afterwards the server knows what it has pushed.
  const [first] = await jobs.queuePositions()
  await jobs.cancel(first?.[0] ?? '')
  await until('a first push', heard(1))

  const reads = READS.map(name => t.mock.method(jobs, name).mock)
  const emits = t.mock.method(Server.prototype, 'to').mock
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const consumer = await jobs.consume(() => released, { worker: 'test/1', slots: 1 })
  await until('the push after the start', heard(0))
  assert.ok(reads.reduce((sum, read) => sum + read.callCount(), 0) <= 5)
  assert.equal(emits.callCount(), own.length)
  release()
  await consumer.stop(0)
})

it('pushes a new estimate of the start at the same position, and nothing where neither changed', async t => {
  const { jobs } = testServer
  const { job } = await jobs.create(newJob())
  const { id, owner, batchId } = job
  let startsInS = 40
  const read = t.mock.method(jobs, 'queuePositions', async () => {
    return new Map([
      [id, { owner, batchId, queue: { position: 1, ahead: 0, startsInS, workers: 'ready' as const } }],
    ])
  }).mock
  const pushed: (number | null)[] = []
  socket.on('positions', moved => pushed.push(...moved.map(({ queue }) => queue.startsInS)))
  await socket.emitWithAck('subscribe', { jobIds: [id] })
  const readAgain = async () => {
    const before = read.callCount()
    await jobs.create(newJob())
    await until('the queue was read', () => read.callCount() > before)
  }
  await readAgain()
  await until('the first push', () => pushed.length === 1)
  await readAgain()
  startsInS = 20
  await readAgain()
  await until('the second push', () => pushed.length === 2)
  assert.deepEqual(pushed, [40, 20])
})

it('pushes to a room once a second at the most, and to nobody else, however many jobs leave the queue', async () => {
  const { jobs } = testServer
  const others: string[] = []
  for (let n = 0; n < 60; n++) others.push((await jobs.create(newJob({ owner: `other ${n}` }))).job.id)
  const { job } = await jobs.create(newJob())
  const pushes: { at: number; moved: readonly MovedJob[] }[] = []
  socket.on('positions', moved => pushes.push({ at: performance.now(), moved }))
  await socket.emitWithAck('subscribe', { jobIds: [job.id] })
  let cancelAt = performance.now()
  await until('three pushes came', async () => {
    if (performance.now() >= cancelAt) {
      cancelAt += 50
      const id = others.shift()
      if (id) await jobs.cancel(id)
    }
    return pushes.length >= 3
  })
  for (const [index, { at, moved }] of pushes.entries()) {
    assert.deepEqual(
      moved.map(({ id }) => id),
      [job.id],
    )
    const before = pushes[index - 1]
    if (before) assert.ok(at - before.at > 900, `${at - before.at} ms after the push before`)
  }
})

it('pushes to waiting jobs what the workers report, though no job changed', async () => {
  const { jobs } = testServer
  const { job } = await jobs.create(newJob())
  const pushed: string[] = []
  socket.on('positions', moved => pushed.push(...moved.map(({ queue }) => queue.workers)))
  const answer = await socket.emitWithAck('subscribe', { jobIds: [job.id] })
  assert.equal('jobs' in answer && answer.jobs[0]?.queue?.workers, 'none')
  const worker = { worker: 'host/1', slots: 1, ready: false }
  await jobs.heartbeat({ ...worker, trouble: WORKER_STARTING })
  await until('one starts', () => pushed.at(-1) === 'starting')
  await jobs.heartbeat({ ...worker, trouble: 'bubblewrap is missing' })
  await until('it cannot', () => pushed.at(-1) === 'none')
  await jobs.heartbeat({ ...worker, ready: true, trouble: null })
  await until('it is ready', () => pushed.at(-1) === 'ready')
  assert.deepEqual(pushed.slice(pushed.indexOf('starting')), ['starting', 'none', 'ready'])
})
