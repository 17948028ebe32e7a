import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { it, type TestContext } from 'node:test'
import { pino } from 'pino'
import { openPostgresJobs, type PostgresJobs } from '#lib/backend/postgres-jobs.ts'
import type { WebhookEvent } from '#lib/jobs/webhook-event.ts'
import { newWebhook } from '#lib/vocabulary/webhook.ts'
import { createDatabase } from '#test/create-database.ts'
import { until } from '#test/until.ts'
import { newJob } from './jobs-conformance.ts'

const PROCESS = join(import.meta.dirname, 'killed-delivery', 'ending-process.ts')
const log = pino({ level: 'silent' })
const hooked = () => newJob({ webhook: newWebhook({ url: 'https://example.org/', of: 'job' }) })

interface Opened {
  url: string
  jobs: PostgresJobs
  /** Ends before the database is dropped, the latest first. */
  atEnd(end: () => Promise<unknown>): void
}

async function open(t: TestContext): Promise<Opened> {
  const { url, drop } = await createDatabase()
  const ends: (() => Promise<unknown>)[] = [drop]
  t.after(async () => {
    for (const end of ends.toReversed()) await end()
  })
  const jobs = await openJobs(url)
  ends.push(() => jobs.close())
  return { url, jobs, atEnd: end => void ends.push(end) }
}

function openJobs(url: string): Promise<PostgresJobs> {
  const limits = { queueLimit: 100, ownerLimit: 100, historyMs: 86_400_000 }
  return openPostgresJobs({ url, pollSeconds: 1, ...limits, log })
}

it('tells an end to its webhook whose process was killed before it sent the message', async t => {
  const { url, jobs, atEnd } = await open(t)
  const { job } = await jobs.create(hooked())
  const child = fork(PROCESS, [url, job.id])
  t.after(() => child.kill('SIGKILL'))
  await once(child, 'message')
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.equal((await jobs.get(job.id))?.state, 'cancelled')

  const told: WebhookEvent[] = []
  const webhooks = await jobs.deliverWebhooks(async event => {
    told.push(event)
    return { status: 200, error: null }
  })
  atEnd(() => webhooks.stop())
  await jobs.maintain(new Date(Date.now() + 10_000))
  await until('it is delivered', async () => (await jobs.get(job.id))?.webhook?.state === 'delivered')
  assert.deepEqual(
    told.map(({ type, job: { id } }) => [type, id]),
    [['job.cancelled', job.id]],
  )
  await jobs.maintain(new Date(Date.now() + 100_000))
  const { job: next } = await jobs.create(hooked())
  await jobs.cancel(next.id)
  await until('the next one is told', () => told.some(event => event.job.id === next.id))
  assert.equal(told.length, 2, 'each once')
})

it('tells the end of a batch once where two processes deliver, whichever of its jobs end together', async t => {
  const { url, jobs, atEnd } = await open(t)
  const other = await openJobs(url)
  atEnd(() => other.close())
  const told: string[] = []
  const send = async ({ type, id }: WebhookEvent) => {
    told.push(`${type} ${id}`)
    return { status: 200, error: null }
  }
  for (const each of [jobs, other]) {
    const webhooks = await each.deliverWebhooks(send)
    atEnd(() => webhooks.stop())
  }
  const { owner, batchId } = newJob()
  const webhook = newWebhook({ url: 'https://example.org/', of: 'batch' })
  const ids: string[] = []
  for (let n = 0; n < 8; n++) ids.push((await jobs.create(newJob({ owner, batchId, webhook }))).job.id)
  await Promise.all(ids.map((id, nth) => (nth % 2 ? jobs : other).cancel(id)))
  const teller = await jobs.batchTeller(batchId)
  await until('it is told', async () => (await jobs.get(teller?.id ?? ''))?.webhook?.state === 'delivered')
  const isEmpty = async () => (await jobs.ownQueue?.depth('webhook'))?.waiting === 0
  await until('every message was looked at', isEmpty)
  assert.equal(told.length, 1, told.join(', '))
  assert.match(told[0] ?? '', /^batch\.ended /)
})
