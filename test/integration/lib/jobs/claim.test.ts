import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createJobs } from '#lib/jobs/create-jobs.ts'
import type { JobPorts } from '#lib/jobs/ports.ts'
import type { JobMessage } from '#lib/jobs.ts'
import { withoutPriorities } from '#test/unordered-queue.ts'
import { newJob, result, Suite } from './jobs-conformance/suite.ts'
import { createMemoryPorts } from './memory-ports.ts'

/** When maintenance no longer expects a message to be sent by whoever wrote its row. */
const later = () => new Date(Date.now() + 6000)

describe('messages of a queue without order', () => {
  let suite: Suite
  let ports: JobPorts
  let isAway: boolean
  /** What was sent, in order. */
  let sent: JobMessage[]

  beforeEach(async () => {
    ports = createMemoryPorts()
    isAway = false
    sent = []
    const send = async (_: string, messages: readonly object[]) => {
      if (isAway) throw new Error('the queue is away')
      sent.push(...(messages as JobMessage[]))
    }
    ports.queue = withoutPriorities({ ...ports.queue, send })
    suite = new Suite()
    await suite.open(createJobs(ports))
  })
  afterEach(async () => {
    assert.deepEqual(await suite.close(), [], 'every job lived by the model')
  })

  async function create(...owners: string[]): Promise<string[]> {
    const ids: string[] = []
    for (const owner of owners) ids.push((await suite.jobs.create(newJob({ owner }))).job.id)
    return ids
  }

  /** Delivers the message that was sent as this one; returns the job that it started and completed, if any. */
  async function deliver(which: number): Promise<string | undefined> {
    const message = sent[which]
    assert.ok(message)
    let started: string | undefined
    const isStarted = await suite.jobs.attempt(
      message,
      async attempt => {
        started = attempt.job.id
        await attempt.completeIfStillMine(result(attempt))
      },
      { worker: 'push/1' },
    )
    assert.equal(isStarted, started !== undefined)
    return started
  }

  it('start the job that is first in turn; the one that lost its message to it gets another', async () => {
    const [a1, a2, b1] = await create('a', 'a', 'b')
    assert.equal(await deliver(1), a1)
    assert.deepEqual(sent[3]?.body, { jobId: a2 })
    assert.equal(await deliver(0), undefined, 'the message of the job that was started finds none')
    assert.equal(await deliver(1), undefined, 'nor does the lost one, delivered again')
    assert.equal(await deliver(3), b1)
    assert.equal(await deliver(2), undefined)
    assert.equal(await deliver(4), a2)
    assert.equal(sent.length, 5)
    assert.deepEqual(await ports.store.unsent(later()), [])
  })

  it('start their own job where others were faster', async () => {
    const [a1, a2] = await create('a', 'a')
    const messageId = sent[0]?.id ?? ''
    assert.equal(await deliver(0), a1)
    ports.store.firstInTurn = async () => ({ jobId: a1 ?? '', messageId })
    assert.equal(await deliver(1), a2)
    assert.equal(await deliver(1), undefined)
    assert.deepEqual(await ports.store.unsent(later()), [])
  })

  it('start nothing for a job that was cancelled, though others wait', async () => {
    const [, a2] = await create('a', 'a', 'b')
    await suite.jobs.cancel(a2 ?? '')
    assert.equal(await deliver(1), undefined)
  })

  it('lose no job when the store goes away between the new message and the claim', async () => {
    const [a1, a2] = await create('a', 'a')
    const { claimIfWaiting } = ports.store
    ports.store.claimIfWaiting = () => Promise.reject(new Error('the store is away'))
    await assert.rejects(deliver(1), /the store is away/)
    ports.store.claimIfWaiting = claimIfWaiting
    assert.equal(await deliver(1), undefined, 'delivered again it finds that its job has another message')
    await suite.jobs.maintain(later())
    assert.equal(await deliver(0), a1)
    assert.deepEqual(sent[2]?.body, { jobId: a2 })
    assert.equal(await deliver(2), a2)
  })

  it('start the first job though the queue is away; the other’s message is sent later', async () => {
    const [a1, a2] = await create('a', 'a')
    isAway = true
    assert.equal(await deliver(1), a1)
    assert.equal(sent.length, 2)
    isAway = false
    await suite.jobs.maintain(later())
    assert.equal(await deliver(2), a2)
  })
})
