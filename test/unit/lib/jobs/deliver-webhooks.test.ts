import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { newMemoryState } from '#lib/backend/memory-jobs.ts'
import { createMemoryBus } from '#lib/jobs/buses/memory-bus.ts'
import { createJobs } from '#lib/jobs/create-jobs.ts'
import { createMemoryStore } from '#lib/jobs/stores/memory-store.ts'
import type { WebhookAnswer, WebhookEvent } from '#lib/jobs/webhook-event.ts'
import { TRY_AGAIN_MS } from '#lib/jobs/webhook-schedule.ts'
import type { NewJob } from '#lib/jobs.ts'
import { createMemoryQueue } from '#lib/queues/memory-queue.ts'
import { newWebhook } from '#lib/vocabulary/webhook.ts'
import { SimulatedTime } from '#test/schedules/simulated-time.ts'

const HOUR_MS = 3_600_000
const LONG_MS = 100 * HOUR_MS
const URL = 'https://example.org/hook'
const OK: WebhookAnswer = { status: 204, error: null }
const DOWN: WebhookAnswer = { status: 503, error: null }

/** Jobs in memory by a simulated clock, with processes that deliver; `answer` is what receivers say. */
async function deliveries({ processes = 1 } = {}) {
  const time = new SimulatedTime()
  const clock = time.process()
  const { table, messages, subscribers } = newMemoryState(clock)
  const logged: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(line) })
  const open = (own = clock) =>
    createJobs({
      store: createMemoryStore(table, own),
      queue: createMemoryQueue(messages, own),
      bus: createMemoryBus(subscribers, own),
      ...{ limits: { queueLimit: 10_000, ownerLimit: 10_000 }, historyMs: LONG_MS },
      ...{ clock: own, random: () => 0, log },
    })
  const jobs = open()
  const made: (WebhookEvent & { at: number })[] = []
  const state = { answer: async (_: WebhookEvent): Promise<WebhookAnswer> => OK }
  const send = (event: WebhookEvent) => {
    made.push({ ...event, at: time.now })
    return state.answer(event)
  }
  for (let n = 0; n < processes; n++) await open().deliverWebhooks(send)

  async function create(fields: Partial<NewJob> = {}): Promise<string> {
    const id = randomUUID()
    await jobs.create({
      ...{ id, batchId: randomUUID(), owner: 'o', fileName: 'a.odt', target: 'pdf', options: {} },
      ...{ source: { format: 'odt', bytes: 1, sha256: 'a' }, maxAttempts: 3 },
      expiresAt: new Date(time.now + 10 * LONG_MS),
      webhook: newWebhook({ url: URL, of: 'job' }),
      ...fields,
    })
    return id
  }
  const pass = async (ms = 0) => {
    await time.advance(ms)
    for (let turn = 0; turn < 10; turn++) await setImmediate()
  }
  const end = async (id: string) => {
    await jobs.cancel(id)
    await pass()
  }
  const webhookOf = async (id: string) => (await jobs.get(id))?.webhook ?? assert.fail('no webhook')
  return { time, clock, jobs, messages, made, state, logged, create, pass, end, webhookOf, open }
}

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
      [['job.cancelled', URL, 1, id]],
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
    state.answer = async () => OK
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
    state.answer = async () => OK
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
    state.answer = async () => OK
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
      if (!url.includes('slow')) return OK
      most = Math.max(most, ++open)
      await pass()
      await new Promise(() => {})
      return OK
    }
    const slow = newWebhook({ url: 'https://slow.example/', of: 'job' })
    for (let n = 0; n < 100; n++) await end(await create({ webhook: slow }))
    const other = await create()
    await end(other)
    assert.equal(most, 4)
    assert.equal(made.filter(({ job }) => job.id === other).length, 1)
  })
})

describe('telling the end of a batch to its webhook', () => {
  const of = (batchId: string, open = false) => ({
    batchId,
    webhook: newWebhook({ url: URL, of: 'batch', ...(open && { open }) }),
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
