import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import { newMemoryState, openMemoryJobs } from '#lib/backend/memory-jobs.ts'
import { type Attempt, type Consumer, type Job, type Jobs, resultKey } from '#lib/jobs.ts'
import { createOtlpTracing } from '#lib/tracing/otlp-tracing.ts'
import type { Tracing } from '#lib/tracing.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { unmeasured } from '#lib/vocabulary/job.ts'
import { type OtlpReceiver, openOtlpReceiver, type ReceivedSpan } from '#test/otlp-receiver.ts'
import { until } from '#test/until.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const CREATE = '00f067aa0ba902b7'

describe('the spans of attempts', () => {
  let receiver: OtlpReceiver
  let tracing: Tracing
  let jobs: Jobs
  let consumer: Consumer | undefined

  before(async () => {
    receiver = await openOtlpReceiver()
  })
  beforeEach(() => {
    receiver.spans = []
    const sampler = { name: 'parentbased_always_on', ratio: 1 } as const
    const names = { serviceName: 'nightshift', messagingSystem: 'pg_boss' }
    const url = `${receiver.url}/v1/traces`
    tracing = createOtlpTracing({ url, sampler, ...names }, pino({ level: 'silent' }))
    const limits = { queueLimit: 10, ownerLimit: 10, historyMs: 1e9 }
    // Without a pause between two attempts.
    jobs = openMemoryJobs({ ...limits, state: newMemoryState(), random: () => 0, tracing })
  })
  after(() => receiver.close())

  async function end(): Promise<ReceivedSpan[]> {
    await consumer?.stop(0)
    await jobs.close()
    await tracing.close()
    return receiver.spans.sort((a, b) => a.startedAt - b.startedAt)
  }

  async function create(traceparent: string | null = `00-${TRACE}-${CREATE}-01`): Promise<string> {
    const id = randomUUID()
    const about = { fileName: 'Secret.pptx', target: 'pdf', options: {}, maxAttempts: 2 }
    const source = { format: 'pptx', bytes: 1, sha256: 'a'.repeat(64) }
    const ids = { id, batchId: randomUUID(), owner: 'somebody', traceparent }
    await jobs.create({ ...ids, ...about, source, expiresAt: new Date(Date.now() + 1e7) })
    return id
  }

  const reach = (id: string, state: Job['state']) =>
    until(`the job is ${state}`, async () => (await jobs.get(id))?.state === state)

  async function convert(attempt: Attempt): Promise<void> {
    for (const phase of ['starting', 'loading', 'loading', 'exporting', 'storing'] as const)
      attempt.progress(unmeasured(phase))
    const file = { fileName: 'Secret.pdf', bytes: 1, pages: 1, sha256: 'b'.repeat(64) }
    await attempt.completeIfStillMine({ key: resultKey(attempt.job.id, attempt.claim), ...file })
  }

  it('are of one trace for a job that is tried again, with what failed', async () => {
    const id = await create()
    consumer = await jobs.consume(
      attempt =>
        attempt.job.attempt === 1
          ? attempt.failIfStillMine(new AppError('engine_crashed').toStoredError()).then(() => {})
          : convert(attempt),
      { worker: 'host/1', slots: 1 },
    )
    await reach(id, 'completed')
    const spans = await end()
    assert.deepEqual(new Set(spans.map(({ traceId }) => traceId)), new Set([TRACE]))
    const attempts = spans.filter(({ name }) => name === 'process convert')
    assert.deepEqual(
      attempts.map(({ attributes, isError, parentSpanId }) => [
        ...[attributes['nightshift.attempt'], attributes['nightshift.outcome'], attributes['error.type']],
        ...[isError, parentSpanId],
      ]),
      [
        [1, 'failed', 'engine_crashed', true, CREATE],
        [2, 'completed', undefined, false, CREATE],
      ],
    )
    const partsOf = (attempt: ReceivedSpan | undefined) =>
      spans.filter(span => span.parentSpanId === attempt?.spanId).map(({ name }) => name)
    assert.deepEqual(partsOf(attempts[0]), ['publish event'])
    assert.deepEqual(partsOf(attempts[1]), [
      ...['start engine', 'load document', 'export document', 'store result', 'publish event'],
    ])
    const waits = spans.filter(({ name }) => name === 'wait in queue')
    assert.deepEqual(
      waits.map(({ parentSpanId, attributes }) => [parentSpanId, attributes['nightshift.attempt']]),
      [
        [CREATE, 1],
        [CREATE, 2],
      ],
    )
    assert.doesNotMatch(JSON.stringify(spans), /Secret/)
  })

  it('tell of an attempt whose worker is gone, by whoever rescues its job', async () => {
    const id = await create()
    const { promise: over, resolve } = Promise.withResolvers<void>()
    consumer = await jobs.consume(() => over, { worker: 'host/1', slots: 1 })
    await reach(id, 'running')
    const rescued = await jobs.rescue('host/1')
    assert.deepEqual(rescued, [id])
    consumer.pause()
    resolve()
    const spans = await end()
    const [lost, ...more] = spans.filter(({ name }) => name === 'process convert')
    assert.deepEqual([lost?.attributes['nightshift.outcome'], lost?.isError, more], ['lost', true, []])
  })

  it('tell of an attempt that its sender cancelled', async () => {
    const id = await create()
    const run = (attempt: Attempt) =>
      new Promise<void>(resolve => attempt.signal.addEventListener('abort', () => resolve()))
    consumer = await jobs.consume(run, { worker: 'host/1', slots: 1 })
    await reach(id, 'running')
    await jobs.cancel(id)
    const spans = await end()
    const attempt = spans.find(({ name }) => name === 'process convert')
    assert.deepEqual([attempt?.attributes['nightshift.outcome'], attempt?.isError], ['cancelled', false])
  })

  it('tell of an attempt that ended with a question', async () => {
    const id = await create()
    const error = new AppError('password_required').toStoredError()
    consumer = await jobs.consume(attempt => attempt.failIfStillMine(error).then(() => {}), {
      ...{ worker: 'host/1', slots: 1 },
    })
    await until('the job needs its password', async () => (await jobs.get(id))?.needs === 'password')
    const attempt = (await end()).find(({ name }) => name === 'process convert')
    assert.deepEqual(
      [attempt?.attributes['nightshift.outcome'], attempt?.attributes['error.type']],
      ['asked', 'password_required'],
    )
  })

  it('are none of a job that was created without a trace', async () => {
    const id = await create(null)
    consumer = await jobs.consume(convert, { worker: 'host/1', slots: 1 })
    await reach(id, 'completed')
    assert.deepEqual(await end(), [])
  })
})
