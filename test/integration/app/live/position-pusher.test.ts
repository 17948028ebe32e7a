import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { Server } from 'socket.io'
import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, MovedJob, ServerEvents } from '#app/live/protocol.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import { startTestServer } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const WAITING = 2000
const READS = ['get', 'list', 'existing', 'queuePosition', 'queuePositions'] as const

let testServer: Awaited<ReturnType<typeof startTestServer>>
let socket: Socket<ServerEvents, ClientEvents>

before(async () => {
  const limits = { QUEUE_LIMIT: String(2 * WAITING), OWNER_WAITING: String(2 * WAITING) }
  testServer = await startTestServer(limits)
  socket = io(testServer.url, { transports: ['websocket'], reconnection: false })
})
after(async () => {
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
