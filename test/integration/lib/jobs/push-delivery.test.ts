import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createJobs } from '#lib/jobs/create-jobs.ts'
import type { JobPorts } from '#lib/jobs/ports.ts'
import type { Attempt, AttemptOptions, JobMessage } from '#lib/jobs.ts'
import { until } from '#test/until.ts'
import { hold, newJob, result, Suite } from './jobs-conformance/suite.ts'
import { createMemoryPorts } from './memory-ports.ts'

const complete = async (attempt: Attempt) => void (await attempt.completeIfStillMine(result(attempt)))

describe('attempts at messages that somebody else receives', () => {
  let suite: Suite
  let ports: JobPorts
  /** What was pushed, in order. */
  let pushed: JobMessage[]

  beforeEach(async () => {
    ports = createMemoryPorts()
    pushed = []
    const { queue } = ports
    ports.queue = {
      ...queue,
      send: async (_, messages) => void pushed.push(...(messages as readonly JobMessage[])),
    }
    suite = new Suite()
    await suite.open(createJobs(ports))
  })
  afterEach(async () => {
    assert.deepEqual(await suite.close(), [], 'every job lived by the model')
  })

  const attempt = (
    message: JobMessage | undefined,
    run: (attempt: Attempt) => Promise<void>,
    options: Partial<AttemptOptions> = {},
  ) => {
    assert.ok(message)
    return suite.jobs.attempt(message, run, { worker: 'push/1', ...options })
  }
  const never = async () => assert.fail('nothing is to be run')

  it('runs the job of a message, and no other delivery of it finds a job', async () => {
    const { job } = await suite.jobs.create(newJob())
    const [message] = pushed
    assert.deepEqual(message?.body, { jobId: job.id })
    assert.equal(await attempt(message, complete), true)
    const done = await suite.reach(job.id, 'completed')
    assert.deepEqual(
      done.timeline.map(({ worker, outcome }) => [worker, outcome]),
      [['push/1', 'completed']],
    )
    assert.equal(await attempt(message, never), false)
    assert.equal(await attempt({ id: randomUUID(), body: { jobId: randomUUID() } }, never), false)
    assert.equal((await suite.jobs.get(job.id))?.version, done.version)
  })

  it('finds no job at a delivery during another one, nor for a cancelled job', async () => {
    const { job } = await suite.jobs.create(newJob())
    const attempts: Attempt[] = []
    const running = attempt(pushed[0], hold(attempts))
    await until('it runs', () => attempts[0])
    assert.equal(await attempt(pushed[0], never, { worker: 'push/2' }), false)
    await suite.jobs.cancel(job.id)
    await suite.jobs.create(newJob()).then(created => suite.jobs.cancel(created.job.id))
    assert.equal(await attempt(pushed[1], never), false)
    await until('a renewal tells it', () => attempts[0]?.signal.reason === 'cancelled')
    assert.equal(await running, true)
  })

  it('stops at its deadline and hands the job back, which another message completes', async () => {
    const { job } = await suite.jobs.create(newJob({ maxAttempts: 1 }))
    const reasons: unknown[] = []
    const handBack = async (attempt: Attempt) => {
      await new Promise(resolve => attempt.signal.addEventListener('abort', resolve))
      reasons.push(attempt.signal.reason)
      assert.equal(await attempt.handBackIfStillMine(), true)
    }
    assert.equal(await attempt(pushed[0], handBack, { deadline: new Date(Date.now() + 50) }), true)
    assert.equal(await attempt(pushed[1], handBack, { deadline: new Date(Date.now() - 50) }), true)
    assert.deepEqual(reasons, ['stopping', 'stopping'])
    const waiting = await suite.jobs.get(job.id)
    assert.deepEqual([waiting?.state, waiting?.attempt, waiting?.claims], ['queued', 0, 2])
    assert.equal(new Set(pushed.map(({ id }) => id)).size, 3, 'every message is a new one')
    for (const old of pushed.slice(0, 2)) assert.equal(await attempt(old, never), false)
    assert.equal(await attempt(pushed[2], complete, { deadline: new Date(Date.now() + 600_000) }), true)
    assert.equal((await suite.jobs.get(job.id))?.state, 'completed')
  })

  it('pushes the next attempt of a failed one with the time from which it may run', async () => {
    const { job } = await suite.jobs.create(newJob())
    const error = { code: 'engine_crashed', details: {}, retryable: true }
    await attempt(pushed[0], async attempt => void (await attempt.failIfStillMine(error)))
    const waiting = await suite.jobs.get(job.id)
    assert.ok(waiting?.runAt && waiting.runAt.getTime() > Date.now())
    assert.deepEqual(pushed[1]?.runAt, waiting.runAt)
    assert.equal(await attempt(pushed[1], complete), true)
  })

  it('rejects where the store cannot be asked, so that the message is delivered again', async () => {
    await suite.jobs.create(newJob())
    const { store } = ports
    const down = new Error('the store is away')
    ports.store = { ...store, claimIfWaiting: () => Promise.reject(down) }
    const jobs = createJobs(ports)
    const [message] = pushed
    assert.ok(message)
    await assert.rejects(jobs.attempt(message, never, { worker: 'push/1' }), down)
    ports.store = store
    assert.equal(await attempt(message, complete), true)
  })

  it('leaves a job whose run threw to maintenance', async () => {
    const { job } = await suite.jobs.create(newJob())
    const fail = async () => {
      throw new Error('the run failed')
    }
    assert.equal(await attempt(pushed[0], fail), true)
    assert.equal((await suite.jobs.get(job.id))?.state, 'running')
    assert.deepEqual(await suite.jobs.rescue('push/1'), [job.id])
    assert.equal(await attempt(pushed[1], complete), true)
    assert.deepEqual((await suite.jobs.get(job.id))?.timeline[0]?.outcome, 'lost')
  })
})
