import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { after, before, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import { createOtlpTracing, type OtlpTracingOptions } from '#lib/tracing/otlp-tracing.ts'
import { parseTraceparent } from '#lib/tracing/trace-context.ts'
import { type OtlpReceiver, openOtlpReceiver } from '#test/otlp-receiver.ts'

const PARENT = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }

function openLines() {
  const lines: { msg: string; lost?: number; reason?: string; err?: unknown }[] = []
  const stream = new Writable({
    write(line, _encoding, done) {
      lines.push(JSON.parse(String(line)))
      done()
    },
  })
  return { lines, log: pino(stream) }
}

describe('tracing by OTLP', () => {
  let receiver: OtlpReceiver
  before(async () => {
    receiver = await openOtlpReceiver()
  })
  beforeEach(() => Object.assign(receiver, { spans: [], status: 200 }))
  after(() => receiver.close())

  const optionsFor = (changes: Partial<OtlpTracingOptions> = {}): OtlpTracingOptions => ({
    ...{ url: `${receiver.url}/v1/traces`, serviceName: 'nightshift', messagingSystem: 'rabbitmq' },
    sampler: { name: 'parentbased_always_on', ratio: 1 },
    ...changes,
  })

  async function openTracer(changes?: Partial<OtlpTracingOptions>) {
    const { lines, log } = openLines()
    const tracing = createOtlpTracing(optionsFor(changes), log)
    const tracer = await tracing.tracer()
    assert.ok(tracer)
    return { tracing, tracer, lines }
  }

  it('tells a span with its parent, times, attributes, error and process', async () => {
    const { tracing, tracer } = await openTracer()
    const [startedAt, endedAt] = [new Date(Date.now() - 5000), new Date()]
    const attributes = { 'nightshift.attempt': 2 }
    const parent = `00-${PARENT.traceId}-${PARENT.spanId}-01`
    const span = tracer.start({ name: 'process convert', kind: 'consumer', parent, startedAt, attributes })
    const child = tracer.start({ name: 'load document', parent: span.traceparent })
    child.end()
    span.end({ endedAt, errorType: 'stalled', attributes: { 'nightshift.outcome': 'failed' } })
    await tracing.close()
    const [inner, outer] = receiver.spans
    assert.ok(inner && outer)
    assert.deepEqual([outer.name, outer.kind, outer.service], ['process convert', 5, 'nightshift'])
    assert.deepEqual([outer.traceId, outer.parentSpanId], [PARENT.traceId, PARENT.spanId])
    assert.deepEqual([inner.traceId, inner.parentSpanId], [outer.traceId, outer.spanId])
    assert.equal(parseTraceparent(span.traceparent)?.spanId, outer.spanId)
    assert.deepEqual([outer.startedAt, outer.endedAt], [startedAt.getTime(), endedAt.getTime()])
    assert.equal(outer.isError, true)
    assert.deepEqual(outer.attributes, {
      ...{ 'nightshift.attempt': 2, 'messaging.system': 'rabbitmq' },
      ...{ 'nightshift.outcome': 'failed', 'error.type': 'stalled' },
    })
    assert.match(outer.instance, new RegExp(`-${process.pid}$`))
  })

  it('begins a trace where the parent is none', async () => {
    const { tracing, tracer } = await openTracer()
    const [one, other] = [undefined, 'nonsense'].map(parent => tracer.start({ name: 'upload', parent }))
    assert.ok(one && other)
    assert.notEqual(parseTraceparent(one.traceparent)?.traceId, parseTraceparent(other.traceparent)?.traceId)
    one.end()
    other.end()
    await tracing.flush()
    assert.deepEqual(
      receiver.spans.map(({ parentSpanId }) => parentSpanId),
      [undefined, undefined],
    )
    await tracing.close()
  })

  it('records what the sampler says, and keeps the id of a trace that is not recorded', async () => {
    const unsampled = `00-${PARENT.traceId}-${PARENT.spanId}-00`
    for (const [name, parent, isRecorded] of [
      ['parentbased_always_on', unsampled, false],
      ['always_on', unsampled, true],
      ['parentbased_always_off', undefined, false],
      ['always_off', unsampled.replace(/0$/, '1'), false],
      ['traceidratio', undefined, false],
    ] as const) {
      receiver.spans = []
      const { tracing, tracer } = await openTracer({ sampler: { name, ratio: 0 } })
      const span = tracer.start({ name: 'upload', parent })
      span.end()
      await tracing.close()
      assert.equal(receiver.spans.length, isRecorded ? 1 : 0, name)
      if (parent) assert.equal(parseTraceparent(span.traceparent)?.traceId, PARENT.traceId)
    }
  })

  it('loads nothing where nothing is recorded', async () => {
    const { lines, log } = openLines()
    const tracing = createOtlpTracing(optionsFor(), log)
    await tracing.flush()
    await tracing.close()
    assert.deepEqual(lines, [])
  })

  it('loses spans where nobody collects, says so once without a stack, and never waits long', async () => {
    const { tracing, tracer, lines } = await openTracer({ url: 'http://127.0.0.1:9/v1/traces' })
    const began = performance.now()
    for (let count = 0; count < 6000; count++) tracer.start({ name: 'upload' }).end()
    assert.ok(performance.now() - began < 5_000, 'recording waits for nobody')
    const flushing = performance.now()
    await tracing.flush()
    await tracing.close()
    assert.ok(performance.now() - flushing < 10_000, 'the end waits for a limited time')
    assert.ok(lines.length <= 1, JSON.stringify(lines))
  })

  it('says in the log that spans are lost, and that they arrive again', async () => {
    const { tracing, tracer, lines } = await openTracer()
    receiver.status = 400
    for (const _ of [1, 2, 3]) {
      tracer.start({ name: 'upload' }).end()
      await tracing.flush()
    }
    receiver.status = 200
    tracer.start({ name: 'upload' }).end()
    await tracing.flush()
    await tracing.close()
    assert.deepEqual(
      lines.map(({ msg, lost, err }) => ({ msg, lost, err })),
      [
        { msg: 'traces cannot be sent; jobs go on without them', lost: 1, err: undefined },
        { msg: 'traces are sent again', lost: 3, err: undefined },
      ],
    )
  })
})
