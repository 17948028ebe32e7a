import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createJobs } from '#lib/jobs/create-jobs.ts'
import type { JobPorts } from '#lib/jobs/ports.ts'
import type { Attempt } from '#lib/jobs.ts'
import type { Delivery, MessageBody, Queue, QueueMessage } from '#lib/queue.ts'
import { until } from '#test/until.ts'
import { hold, newJob, result, Suite } from './jobs-conformance/suite.ts'
import { createMemoryPorts } from './memory-ports.ts'

const complete = async (attempt: Attempt) => void (await attempt.completeIfStillMine(result(attempt)))
/** When maintenance no longer expects a message to be sent by whoever wrote its row. */
const later = () => new Date(Date.now() + 6000)

describe('a queue that is away', () => {
  let suite: Suite
  let ports: JobPorts
  let isAway: boolean
  let sends: number

  beforeEach(async () => {
    isAway = false
    sends = 0
    ports = createMemoryPorts()
    const unlessAway = async (run: () => Promise<void>) => {
      if (isAway) throw new Error('the queue is away')
      await run()
    }
    const { queue } = ports
    ports.queue = {
      ...queue,
      send: (name, messages) => unlessAway(() => queue.send(name, messages).finally(() => sends++)),
      discard: (name, ids) => unlessAway(() => queue.discard(name, ids)),
    }
    suite = new Suite()
    await suite.open(createJobs(ports))
  })
  afterEach(async () => {
    await suite.endAll()
    assert.deepEqual(await suite.close(), [], 'every job lived by the model')
  })

  const marked = async () => (await ports.store.unsent(later())).map(({ body }) => body.jobId)

  it('loses no accepted job: its row keeps a mark, and maintenance sends its message', async () => {
    await suite.consume(complete)
    isAway = true
    const { job, created } = await suite.jobs.create(newJob())
    assert.deepEqual([job.state, created], ['queued', true])
    assert.deepEqual(await marked(), [job.id])
    await suite.jobs.maintain(later())
    assert.deepEqual(await marked(), [job.id], 'the queue is still away')
    isAway = false
    await suite.jobs.maintain(new Date())
    assert.equal(sends, 0, 'whoever wrote the row may be sending')
    await suite.jobs.maintain(later())
    const done = await suite.reach(job.id, 'completed')
    assert.deepEqual([done.claims, done.timeline.length, sends], [1, 1, 1])
    assert.deepEqual(await marked(), [])
  })

  it('sends what waits again: after a hand-back, a rescue and a retry', async () => {
    const held: Attempt[] = []
    const consumer = await suite.consume(hold(held))
    const [first, second] = [await suite.jobs.create(newJob()), await suite.jobs.create(newJob())]
    const third = (await suite.jobs.create(newJob())).job
    await until('two run', () => held.length === 2)
    isAway = true
    assert.equal((await suite.jobs.cancel(third.id)).state, 'cancelled')
    await suite.jobs.retry(third.id, 1)
    for (const attempt of held) if (attempt.job.id === first.job.id) await attempt.handBackIfStillMine()
    assert.deepEqual(await suite.jobs.rescue('host/1'), [second.job.id])
    await consumer.stop(0)
    const all = [first.job.id, second.job.id, third.id]
    assert.deepEqual((await marked()).toSorted(), all.toSorted())
    isAway = false
    await suite.jobs.maintain(later())
    await suite.consume(complete)
    for (const id of all) await suite.reach(id, 'completed')
    assert.deepEqual(await marked(), [])
  })

  it('runs a job once whose message was sent again because nobody knew that it was sent', async () => {
    const { store } = ports
    let isLost = true
    ports.store = {
      ...store,
      async markSentIfUnsent(messages) {
        if (isLost) throw new Error('the store is away')
        await store.markSentIfUnsent(messages)
      },
    }
    await suite.endAll()
    assert.deepEqual(await suite.close(), [])
    suite = new Suite()
    await suite.open(createJobs(ports))
    const { job } = await suite.jobs.create(newJob())
    assert.deepEqual(await marked(), [job.id])
    isLost = false
    await Promise.all([suite.jobs.maintain(later()), suite.jobs.maintain(later())])
    assert.deepEqual([sends, await marked()], [3, []])
    const runs: number[] = []
    await suite.consume(async attempt => {
      runs.push(attempt.claim)
      await complete(attempt)
    })
    await suite.reach(job.id, 'completed')
    await until('every message is gone', async () => (await ports.queue.depth('convert')).waiting === 0)
    const next = await suite.jobs.create(newJob())
    await suite.reach(next.job.id, 'completed')
    assert.deepEqual(runs, [1, 1])
  })

  it('takes messages that name no job out of the queue, and tells the log what they were', async () => {
    const told: unknown[] = []
    ports.log.error = (about: unknown) => void told.push(about)
    const bodies = [{}, { jobId: 7 }, { jobId: 'no UUID' }, { other: randomUUID() }]
    const messages = bodies.map(body => ({ id: randomUUID(), body: body as MessageBody }))
    await ports.queue.send('convert', messages)
    await suite.consume(complete)
    const { job } = await suite.jobs.create(newJob())
    await suite.reach(job.id, 'completed')
    await until('every message is gone', async () => (await ports.queue.depth('convert')).waiting === 0)
    assert.deepEqual(
      told.map(about => (about as { message: QueueMessage }).message.body),
      bodies,
    )
  })

  it('needs no answer to cancel or purge a job: its message finds none', async () => {
    const [one, other] = [await suite.jobs.create(newJob()), await suite.jobs.create(newJob())]
    isAway = true
    await suite.jobs.cancel(one.job.id)
    await suite.jobs.purge(other.job.id)
    isAway = false
    assert.equal((await ports.queue.depth('convert')).waiting, 2)
    const seen: string[] = []
    await suite.consume(async attempt => {
      seen.push(attempt.job.id)
      await complete(attempt)
    })
    const { job } = await suite.jobs.create(newJob())
    await suite.reach(job.id, 'completed')
    assert.deepEqual(seen, [job.id])
  })
})

describe('a queue that delivers every message twice and keeps no order', () => {
  it('runs every attempt once', async t => {
    const ports = createMemoryPorts()
    ports.queue = doubled(ports.queue)
    const suite = new Suite()
    await suite.open(createJobs(ports))
    t.after(() => suite.endAll())
    const claims: string[] = []
    await suite.consume(
      async attempt => {
        claims.push(`${attempt.job.id} ${attempt.claim}`)
        if (attempt.claim === 1) await attempt.handBackIfStillMine()
        else await complete(attempt)
      },
      { slots: 3 },
    )
    const created = await Promise.all(Array.from({ length: 15 }, () => suite.jobs.create(newJob())))
    for (const { job } of created) {
      const { timeline, attempt } = await suite.reach(job.id, 'completed')
      assert.deepEqual(
        [attempt, timeline.map(({ number, outcome }) => [number, outcome])],
        [
          1,
          [
            [1, 'handed_back'],
            [1, 'completed'],
          ],
        ],
      )
    }
    await until('every message is gone', async () => (await ports.queue.depth('convert')).waiting === 0)
    await suite.endAll()
    assert.equal(claims.length, 2 * created.length)
    assert.equal(new Set(claims).size, claims.length)
    assert.deepEqual(await suite.close(), [], 'every job lived by the model')
  })

  it('tells no positions, only when a job is likely to start', async t => {
    const ports = createMemoryPorts()
    ports.queue = doubled(ports.queue)
    t.mock.method(ports.store, 'recentRuns', async () => ({ running: 1, tookMs: [50_000, 70_000] }))
    const jobs = createJobs(ports)
    t.after(() => jobs.close())
    const { job } = await jobs.create(newJob())
    const queue = { position: null, ahead: null, startsInS: 30, workers: 'ready' }
    await jobs.heartbeat({ worker: 'host/1', slots: 1, ready: true, trouble: null })
    assert.deepEqual(await jobs.queuePosition(job.id), queue)
    const { owner, batchId } = job
    assert.deepEqual(await jobs.queuePositions(), new Map([[job.id, { owner, batchId, queue }]]))
    assert.equal((await jobs.stats()).queued, 1)
  })
})

/** Delivers a message twice at the same moment, and once more after its end. */
function doubled(queue: Queue): Queue {
  return {
    ...queue,
    keepsOrder: false,
    consume(name, handle, options) {
      const thrice = async (delivery: Delivery) => {
        const again = { ...delivery, acknowledge() {} }
        await Promise.all([handle(delivery), handle(again)])
        await handle(again)
      }
      return queue.consume(name, thrice, options)
    },
  }
}
