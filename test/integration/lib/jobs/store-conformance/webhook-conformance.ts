import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import type { BatchEnd, Written } from '#lib/jobs/store.ts'
import type { Job } from '#lib/jobs.ts'
import { type JobWebhook, newWebhook, type WebhookTry } from '#lib/vocabulary/webhook.ts'
import { until } from '#test/until.ts'
import { result, retryable } from '../jobs-conformance/suite.ts'
import { type LeasedJob, MANY, type StoreSuite } from './store-suite.ts'

const URL = 'https://example.org/hook'

/** What a row keeps of the webhook that its end, or that of its batch, is told to. */
export function webhookConformance(suite: StoreSuite): void {
  const store = () => suite.store
  const soon = () => new Date(Date.now() + 1000)
  const hooked = (of: 'job' | 'batch' = 'job') => ({ webhook: newWebhook({ url: URL, of }) })
  const complete = ({ token }: LeasedJob) =>
    store().completeIfStillLeased(token, { result: result({ job: token, claim: token.claim }) })
  const webhookOf = ({ webhook }: Job): JobWebhook => {
    assert.ok(webhook, 'it has a webhook')
    return webhook
  }
  const bodies = async (before = soon()) => (await store().unsentWebhooks(before)).map(({ body }) => body)
  const bodyOf = (job: Job) => ({ jobId: job.id, step: webhookOf(job).step })

  async function lockedJob(): Promise<Job> {
    const expiresAt = new Date(Date.now() - 1000)
    const locked = suite.newInsert({ ...hooked(), needs: 'password', expiresAt })
    assert.ok(await store().insertIfBelowLimit(locked, MANY))
    return suite.read(locked.id)
  }

  /** Every way to end, with the job before it. */
  const ENDS: [end: string, how: () => Promise<[Job, Written | undefined]>][] = [
    [
      'completed',
      async () => {
        const done = await suite.lease(hooked())
        return [done.job, await complete(done)]
      },
    ],
    [
      'failed',
      async () => {
        const { job, token } = await suite.lease(hooked())
        return [job, await store().failIfStillLeased(token, { outcome: 'failed', error: retryable })]
      },
    ],
    [
      'cancelled',
      async () => {
        const { job } = await suite.lease(hooked())
        return [job, await store().cancelIfNotEnded(job.id)]
      },
    ],
    [
      'failed',
      async () => {
        const job = await lockedJob()
        const end = { expiredBefore: new Date(), error: retryable }
        return [job, await store().failIfUnanswered(job.id, end)]
      },
    ],
  ]

  it('marks the message of a webhook as unsent in the write that ends its job, whichever that is', async () => {
    const { job: without } = await suite.insert()
    await store().cancelIfNotEnded(without.id)
    for (const [state, end] of ENDS) {
      const [before, written] = await end()
      const job = await suite.wrote(before, written)
      assert.deepEqual([job.state, webhookOf(job).step], [state, webhookOf(before).step + 1])
      const message = written?.unsentWebhook
      assert.deepEqual([message?.body, message?.runAt], [bodyOf(job), null])
      assert.deepEqual(await bodies(), [bodyOf(job)], 'only this one is marked')
      assert.deepEqual(await bodies(new Date(Number(job.finishedAt) - 1000)), [])
      assert.ok(message)
      await store().markWebhooksSentIfUnsent([{ ...message, body: { ...message.body, step: 99 } }])
      assert.deepEqual(await bodies(), [bodyOf(job)], 'not by a message of another step')
      await store().markWebhooksSentIfUnsent([message])
      assert.deepEqual(await bodies(), [])
      assert.equal((await suite.read(job.id)).version, job.version, 'the mark is no change of the job')
    }
  })

  it('keeps what a try left only where nothing was written since, and marks the next message from a time on', async () => {
    const leased = await suite.lease(hooked())
    const ended = await suite.wrote(leased.job, await complete(leased))
    const nextAt = Date.now() + 60_000
    const made: WebhookTry = {
      ...{ at: 1, event: 'job.completed', id: 'x', attempt: 1, ms: 5 },
      ...{ status: null, error: 'timed_out' },
    }
    const next = { ...webhookOf(ended), state: 'pending', tries: 1, log: [made] } as const
    const withTime = { ...next, endedAt: Number(ended.finishedAt), nextAt }
    const written = await store().writeWebhookIfAwaited(ended.id, withTime, new Date())
    const after = await suite.wrote(ended, written)
    assert.deepEqual(webhookOf(after), { ...withTime, step: next.step + 1 })
    assert.equal(written?.unsentWebhook?.runAt?.getTime(), nextAt)
    await suite.wroteNothing(ended.id, () => store().writeWebhookIfAwaited(ended.id, next, null))

    const later = await store().writeWebhookIfAwaited(ended.id, webhookOf(after), new Date(nextAt))
    assert.equal(later?.unsentWebhook, null, 'it is for maintenance')
    assert.deepEqual(await bodies(), [])
    const marked = await suite.wrote(after, later)
    assert.deepEqual(await bodies(new Date(nextAt + 1)), [bodyOf(marked)])
    await suite.wrote(marked, await store().writeWebhookIfAwaited(ended.id, webhookOf(marked), null))
    assert.deepEqual(await bodies(new Date(nextAt + 1)), [])
  })

  it('lets a job that waits keep the mark of its own message when its webhook is written', async () => {
    const { job, messageId } = await suite.insert({
      webhook: newWebhook({ url: URL, of: 'batch', open: true }),
    })
    const { open, ...closed } = webhookOf(job)
    assert.equal(open, true)
    const written = await store().writeWebhookIfAwaited(job.id, closed, null)
    await suite.wrote(job, written, messageId)
    assert.deepEqual(await bodies(), [])
    assert.equal((await store().unsent(soon())).length, suite.sends ? 0 : 1)
  })

  it('forgets the message of an end after which the job is tried again, and begins anew with the next end', async () => {
    const { job } = await suite.insert(hooked())
    const cancelled = await suite.wrote(job, await store().cancelIfNotEnded(job.id))
    const messageId = randomUUID()
    const again = await store().retryIfEnded(job.id, { maxAttempts: 1, messageId, needs: null })
    const waiting = await suite.wrote(cancelled, again, messageId)
    assert.deepEqual(await bodies(), [])
    assert.ok(webhookOf(waiting).step > webhookOf(cancelled).step)
    const late = webhookOf(cancelled)
    await suite.wroteNothing(job.id, () => store().writeWebhookIfAwaited(job.id, late, null))
    const ended = await suite.wrote(waiting, await store().cancelIfNotEnded(job.id))
    assert.deepEqual(await bodies(), [bodyOf(ended)])
  })

  it('forgets the webhook of a purged job, and its message', async () => {
    const { job } = await suite.insert(hooked())
    await store().cancelIfNotEnded(job.id)
    await store().purgeIfEnded(job.id)
    assert.equal((await suite.read(job.id)).webhook, null)
    assert.deepEqual(await bodies(), [])
  })

  it('tells when the last job of a batch has ended, by which row, and whether an end is awaited', async () => {
    const [owner, batchId] = [`owner-${randomUUID()}`, randomUUID()]
    const end = () => store().batchEnd(batchId)
    const stands = async (expected: Partial<BatchEnd>) =>
      assert.deepEqual({ ...(await end()), ...expected }, await end())
    assert.equal(await end(), undefined)
    const first = await suite.insertEarlier({ owner, batchId })
    await stands({ tellerId: undefined, endedAt: null, isAwaited: false })
    const open = { webhook: newWebhook({ url: URL, of: 'batch', open: true }) }
    const second = await suite.insertEarlier({ owner, batchId, ...open })
    await suite.insertEarlier({ owner, batchId, ...hooked() })
    const third = await suite.insert({ owner, batchId, ...hooked('batch') })
    await stands({ tellerId: second.job.id, endedAt: null, isAwaited: true })
    for (const { id } of (await store().list({ owner, batchId, limit: 9 })).items)
      if (id !== first.job.id) await store().cancelIfNotEnded(id)
    await stands({ endedAt: null, isAwaited: true })
    const { open: _, ...closed } = webhookOf(await suite.read(second.job.id))
    await store().writeWebhookIfAwaited(second.job.id, closed, new Date())
    await stands({ endedAt: null, isAwaited: false })
    await store().cancelIfNotEnded(first.job.id)
    const jobs = (await store().list({ owner, batchId, limit: 9 })).items
    const last = Math.max(...jobs.map(({ finishedAt }) => Number(finishedAt)))
    await stands({ tellerId: second.job.id, endedAt: new Date(last), isAwaited: false })
    await store().purgeIfEnded(second.job.id)
    await until('the index has noticed', async () => (await end())?.tellerId === third.job.id)
  })
}
