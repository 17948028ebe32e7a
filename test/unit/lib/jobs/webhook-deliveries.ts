import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { pino } from 'pino'
import { newMemoryState } from '#lib/backend/memory-jobs.ts'
import { createMemoryBus } from '#lib/jobs/buses/memory-bus.ts'
import { createJobs } from '#lib/jobs/create-jobs.ts'
import { createMemoryStore } from '#lib/jobs/stores/memory-store.ts'
import type { WebhookAnswer, WebhookEvent } from '#lib/jobs/webhook-event.ts'
import type { NewJob } from '#lib/jobs.ts'
import { createMemoryQueue } from '#lib/queues/memory-queue.ts'
import { newWebhook } from '#lib/vocabulary/webhook.ts'
import { SimulatedTime } from '#test/schedules/simulated-time.ts'

export const HOUR_MS = 3_600_000
/** Longer than all tries together. */
export const LONG_MS = 100 * HOUR_MS
export const HOOK_URL = 'https://example.org/hook'
export const TAKEN: WebhookAnswer = { status: 204, error: null }

/** Jobs in memory by a simulated clock, with processes that deliver; `answer` is what receivers say. */
export async function deliveries({ processes = 1 } = {}) {
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
  const state = { answer: async (_: WebhookEvent): Promise<WebhookAnswer> => TAKEN }
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
      webhook: newWebhook({ url: HOOK_URL, of: 'job' }),
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
  return { time, jobs, messages, made, state, logged, create, pass, end, webhookOf }
}
