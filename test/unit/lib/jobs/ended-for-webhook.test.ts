import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { newWebhook } from '#lib/vocabulary/webhook.ts'
import { deliveries, HOOK_URL, HOUR_MS, LONG_MS } from './webhook-deliveries.ts'

describe('telling the end of a batch to its webhook', () => {
  const of = (batchId: string, open = false) => ({
    batchId,
    webhook: newWebhook({ url: HOOK_URL, of: 'batch', ...(open && { open }) }),
  })

  it('tells it once when the last job has ended, whichever that is', async () => {
    const { made, create, end, pass } = await deliveries({ processes: 2 })
    const batchId = randomUUID()
    const ids = []
    for (let n = 0; n < 5; n++) ids.push(await create(of(batchId)))
    for (const id of [...ids].reverse()) {
      assert.equal(made.length, 0)
      await end(id)
    }
    await pass(LONG_MS)
    assert.deepEqual(
      made.map(({ type, job }) => [type, job.id]),
      [['batch.ended', ids[0]]],
    )
  })

  it('waits for the end of the call that creates it', async () => {
    const { made, jobs, create, end, pass } = await deliveries()
    const batchId = randomUUID()
    const first = await create(of(batchId, true))
    await end(first)
    await pass(HOUR_MS)
    const second = await create(of(batchId))
    await end(second)
    assert.equal(made.length, 0)
    await jobs.closeBatch(first)
    await pass()
    assert.deepEqual([made.length, made[0]?.type], [1, 'batch.ended'])
    await jobs.closeBatch(first)
    await pass(LONG_MS)
    assert.equal(made.length, 1)
  })

  it('waits for jobs that were added without a webhook, or with one of their own', async () => {
    const { made, create, end, pass } = await deliveries()
    const batchId = randomUUID()
    const hooked = await create(of(batchId))
    const own = await create({ batchId })
    const bare = await create({ batchId, webhook: null })
    await end(hooked)
    await pass(HOUR_MS)
    await end(own)
    assert.deepEqual(
      made.map(({ type, job }) => [type, job.id]),
      [['job.cancelled', own]],
    )
    await end(bare)
    await pass(31_000)
    assert.deepEqual(
      made.map(({ type }) => type),
      ['job.cancelled', 'batch.ended'],
    )
    await pass(LONG_MS)
    assert.equal(made.length, 2)
  })

  it('tells it once more when a job was tried again and the batch ends anew', async () => {
    const { made, jobs, create, end, pass } = await deliveries()
    const batchId = randomUUID()
    const [first, second] = [await create(of(batchId)), await create(of(batchId))]
    await end(first)
    await end(second)
    assert.equal(made.length, 1)
    assert.equal((await jobs.batchTeller(batchId))?.id, first)
    await jobs.retry(second, 1)
    await pass(LONG_MS)
    await assert.rejects(jobs.resendWebhook(first), { code: 'webhook_too_early' })
    await end(second)
    await pass(LONG_MS)
    assert.deepEqual(
      made.map(({ type }) => type),
      ['batch.ended', 'batch.ended'],
    )
    assert.notEqual(made[0]?.id, made[1]?.id)
    await jobs.resendWebhook(first)
    await pass()
    assert.equal(made[2]?.id, made[1]?.id)
  })
})
