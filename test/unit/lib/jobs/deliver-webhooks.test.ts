import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import type { WebhookAnswer } from '#lib/jobs/webhook-event.ts'
import { TRY_AGAIN_MS } from '#lib/jobs/webhook-schedule.ts'
import { newWebhook } from '#lib/vocabulary/webhook.ts'
import { deliveries, HOOK_URL, HOUR_MS, LONG_MS, TAKEN } from './webhook-deliveries.ts'

const DOWN: WebhookAnswer = { status: 503, error: null }

describe('telling the end of a job to its webhook', () => {
  it('tells it once, and keeps what came of it', async () => {
    const { made, create, end, pass, webhookOf } = await deliveries({ processes: 2 })
    const id = await create()
    await pass(HOUR_MS)
    assert.equal(made.length, 0)
    await end(id)
    await pass(LONG_MS)
    assert.deepEqual(
      made.map(({ type, url, attempt, job }) => [type, url, attempt, job.id]),
      [['job.cancelled', HOOK_URL, 1, id]],
    )
    const { state, log } = await webhookOf(id)
    assert.deepEqual([state, log.map(({ status, id }) => [status, id])], ['delivered', [[204, made[0]?.id]]])
  })

  it('tries again by the schedule with one id, and tells the operator after the last try', async () => {
    const { made, state, logged, create, end, pass, webhookOf } = await deliveries()
    state.answer = async () => ({ status: 302, error: null })
    const id = await create()
    await end(id)
    assert.equal((await webhookOf(id)).state, 'pending')
    await pass(LONG_MS)
    const gaps = made.slice(1).map(({ at }, nth) => at - (made[nth]?.at ?? 0))
    assert.equal(made.length, 10)
    for (const [nth, gap] of gaps.entries()) {
      const wanted = TRY_AGAIN_MS[nth] ?? 0
      assert.ok(gap >= wanted && gap < wanted + 100, `${gap} ms after try ${nth + 1}`)
    }
    assert.equal(new Set(made.map(event => event.id)).size, 1)
    const { state: at, log } = await webhookOf(id)
    assert.equal(at, 'failed')
    assert.deepEqual(
      log.map(({ attempt }) => attempt),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    )
    assert.equal(logged.length, 1)
    assert.match(logged[0] ?? '', new RegExp(`${id}.*not tried again`))
  })

  it('ends its tries when one succeeds, and at a 410', async () => {
    for (const [last, expected] of [
      [204, 'delivered'],
      [410, 'failed'],
    ] as const) {
      const { made, state, create, end, pass, webhookOf } = await deliveries()
      state.answer = async ({ attempt }) => (attempt < 3 ? DOWN : { status: last, error: null })
      const id = await create()
      await end(id)
      await pass(LONG_MS)
      assert.equal(made.length, 3)
      assert.equal((await webhookOf(id)).state, expected)
    }
  })

  it('makes the try of a process that died anew, and of one whose queue was away', async () => {
    const { made, state, jobs, time, messages, create, end, pass, webhookOf } = await deliveries()
    const round = async () => {
      await jobs.maintain(new Date(time.now))
      await pass()
    }
    state.answer = () => new Promise(() => {})
    const id = await create()
    await end(id)
    assert.equal(made.length, 1)
    state.answer = async () => TAKEN
    await pass(30_000)
    await round()
    assert.equal(made.length, 1, 'the try may go on')
    await pass(60_000)
    await round()
    assert.deepEqual([made.length, made[1]?.id, made[1]?.attempt], [2, made[0]?.id, 1])
    assert.equal((await webhookOf(id)).state, 'delivered')

    const put = messages.put.bind(messages)
    messages.put = () => {
      throw new Error('the queue is away')
    }
    const other = await create()
    await end(other)
    messages.put = put
    await pass(1_000)
    await round()
    assert.equal(made.length, 2, 'whoever wrote the row may still be sending')
    await pass(10_000)
    await round()
    assert.deepEqual([made.length, made[2]?.job.id], [3, other])
  })

  it('sends it again by hand with the same id, and begins the schedule anew', async () => {
    const { made, state, jobs, create, end, pass, webhookOf } = await deliveries()
    const id = await create()
    await assert.rejects(jobs.resendWebhook(id), { code: 'webhook_too_early' })
    await end(id)
    state.answer = async () => DOWN
    await jobs.resendWebhook(id)
    await pass()
    await pass(10_000)
    assert.deepEqual(
      made.map(({ attempt }) => attempt),
      [1, 1, 2],
    )
    assert.equal(new Set(made.map(event => event.id)).size, 1)
    state.answer = async () => TAKEN
    await jobs.resendWebhook(id)
    await pass(LONG_MS)
    assert.deepEqual([made.length, (await webhookOf(id)).state], [4, 'delivered'])
    const without = await create({ webhook: null })
    await assert.rejects(jobs.resendWebhook(without), { code: 'no_webhook' })
    await assert.rejects(jobs.resendWebhook(randomUUID()), { code: 'job_not_found' })
  })

  it('drops an end after which the job is tried again, and tells the next one as another event', async () => {
    const { made, state, jobs, create, end, pass } = await deliveries()
    state.answer = async () => DOWN
    const id = await create()
    await end(id)
    await jobs.retry(id, 1)
    await pass(LONG_MS)
    assert.equal(made.length, 1)
    state.answer = async () => TAKEN
    await end(id)
    await pass(LONG_MS)
    assert.equal(made.length, 2)
    assert.notEqual(made[1]?.id, made[0]?.id)
    assert.equal(made[1]?.attempt, 1)
  })

  it('tells nothing of a purged job', async () => {
    const { made, state, jobs, create, end, pass } = await deliveries()
    state.answer = async () => DOWN
    const id = await create()
    await end(id)
    await jobs.purge(id)
    await pass(LONG_MS)
    assert.equal(made.length, 1)
    await assert.rejects(jobs.resendWebhook(id), { code: 'no_webhook' })
  })

  it('lets a receiver that does not answer hold up no other one', async () => {
    const { made, state, create, end, pass } = await deliveries()
    let open = 0
    let most = 0
    state.answer = async ({ url }) => {
      if (!url.includes('slow')) return TAKEN
      most = Math.max(most, ++open)
      await pass()
      await new Promise(() => {})
      return TAKEN
    }
    const slow = newWebhook({ url: 'https://slow.example/', of: 'job' })
    for (let n = 0; n < 100; n++) await end(await create({ webhook: slow }))
    const other = await create()
    await end(other)
    assert.equal(most, 4)
    assert.equal(made.filter(({ job }) => job.id === other).length, 1)
  })
})
