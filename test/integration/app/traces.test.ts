import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import type { Problem } from '#app/api/problem.ts'
import { environmentWith } from '#lib/config.ts'
import { type CreatedJob, jobStatusOf, reachState } from '#test/client.ts'
import { createDatabase } from '#test/create-database.ts'
import { deck } from '#test/documents/deck.ts'
import { officesBelow } from '#test/integration/worker/test-engine.ts'
import { type OtlpReceiver, openOtlpReceiver, type ReceivedSpan } from '#test/otlp-receiver.ts'
import { startTestServer } from '#test/test-server.ts'
import { finishUpload, openedUpload, sendPart } from '#test/tus.ts'
import { until } from '#test/until.ts'
import { startWeb, type Web } from '#test/web.ts'
import { startWebAndWorker } from '#test/web-and-worker.ts'
import { openWebhookReceiver, type WebhookReceiver } from '#test/webhook-receiver.ts'

const MAIN = join(import.meta.dirname, '../../../worker/main.ts')
const PARENT = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }
const TRACEPARENT = `00-${PARENT.traceId}-${PARENT.spanId}-01`
const SENDER = { traceparent: TRACEPARENT }
const PHASES = ['start engine', 'load document', 'export document', 'store result', 'publish event']
const [CLIENT, PRODUCER, CONSUMER] = [3, 4, 5]

/** Writes down each package of the adapter that a process loads; Next and prom-client look for one of OpenTelemetry too. */
const WRITE_DOWN = `data:text/javascript,${encodeURIComponent(
  `import { appendFileSync } from 'node:fs'
  import { registerHooks } from 'node:module'
  registerHooks({ resolve(name, context, next) {
    const found = next(name, context)
    if (name.startsWith('@opentelemetry') && found.url.includes('/otlp-tracing/'))
      appendFileSync(process.env.LOADED_FILE, process.argv[1] + ' ' + name + '\\n')
    return found
  } })`,
)}`

interface Sending {
  headers?: Record<string, string>
  fields?: Record<string, string>
}

/** A program sends a file as a form. */
async function send(url: string, file: Buffer | string, { headers = {}, fields = {} }: Sending = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const [part, name] =
    typeof file === 'string' ? [file, 'Secret name.txt'] : [new Uint8Array(file), 'Secret name.pptx']
  form.set('file', new Blob([part]), name)
  return fetch(`${url}/api/jobs`, { method: 'POST', body: form, headers })
}

describe('the trace of a job', () => {
  let receiver: OtlpReceiver
  let webhooks: WebhookReceiver
  let folder: string
  let database: Awaited<ReturnType<typeof createDatabase>>
  let environment: Record<string, string>
  let web: Web
  let worker: ChildProcess

  const spansOf = (traceId: string) => receiver.spans.filter(span => span.traceId === traceId)
  const named = (spans: readonly ReceivedSpan[], name: string) => spans.filter(span => span.name === name)
  /** The spans of a trace when so many attempts have been told, and its root. */
  const traceWith = (traceId: string, attempts: number) =>
    until(`${attempts} attempts of trace ${traceId}`, () => {
      const spans = spansOf(traceId)
      return named(spans, 'process convert').length === attempts && spans
    })

  async function startWorker(): Promise<void> {
    worker = spawn(process.execPath, [MAIN], {
      env: environmentWith(environment),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    await once(worker, 'message')
  }

  async function endWorker(signal: NodeJS.Signals): Promise<void> {
    if (worker.exitCode !== null || worker.signalCode !== null) return
    worker.kill(signal)
    await once(worker, 'exit')
  }

  before(async () => {
    receiver = await openOtlpReceiver()
    webhooks = await openWebhookReceiver()
    folder = await mkdtemp(join(tmpdir(), 'nightshift-traces-'))
    await chmod(folder, 0o711)
    database = await createDatabase()
    environment = {
      ...{ DATA_DIR: folder, DATABASE_URL: database.url, SLOTS: '1', LOG_LEVEL: 'silent' },
      ...{ WEBHOOK_ALLOW_PRIVATE: 'true', OTEL_SERVICE_NAME: 'converter' },
      ...{ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=of-the-collector' },
      ...{ NODE_OPTIONS: `--import=${WRITE_DOWN}`, LOADED_FILE: join(folder, 'loaded') },
    }
    web = await startWeb({ dataDir: folder, databaseUrl: database.url, env: environment })
    await startWorker()
  })
  after(async () => {
    await endWorker('SIGTERM')
    await web.end()
    await database.drop()
    await receiver.close()
    await webhooks.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('goes from its sender over web process and worker to its webhook', async () => {
    const answer = await send(web.url, 'hello', { fields: { webhookUrl: webhooks.url }, headers: SENDER })
    const { id, traceId }: CreatedJob = await answer.json()
    assert.equal(traceId, PARENT.traceId)
    await reachState(web.url, id, 'completed')
    const spans = await until('the span of the webhook', () => {
      const spans = spansOf(PARENT.traceId)
      return named(spans, 'POST').length > 0 && named(spans, 'process convert').length > 0 && spans
    })
    const only = (name: string): ReceivedSpan => {
      const [span, ...more] = named(spans, name)
      assert.ok(span && more.length === 0, name)
      return span
    }
    const [upload, create, attempt, told] = ['upload', 'create convert', 'process convert', 'POST'].map(only)
    assert.ok(upload && create && attempt && told)
    assert.equal(upload.parentSpanId, PARENT.spanId)
    assert.equal(create.parentSpanId, upload.spanId)
    for (const span of [only('scan'), only('wait in queue'), attempt, told])
      assert.equal(span.parentSpanId, create.spanId, span.name)
    const phases = PHASES.map(only)
    for (const phase of phases) {
      assert.equal(phase.parentSpanId, attempt.spanId)
      assert.ok(phase.startedAt >= attempt.startedAt && phase.endedAt <= attempt.endedAt, phase.name)
    }
    assert.equal(spans.length, 6 + phases.length)
    assert.ok(only('wait in queue').endedAt <= attempt.startedAt + 1)
    assert.deepEqual([create.kind, attempt.kind, told.kind], [PRODUCER, CONSUMER, CLIENT])
    assert.equal(create.instance, upload.instance)
    assert.match(attempt.instance, new RegExp(`-${worker.pid}$`))
    assert.ok(spans.every(({ service, isError }) => service === 'converter' && !isError))
    assert.deepEqual(attempt.attributes, {
      ...{ 'nightshift.job.id': id, 'nightshift.attempt': 1, 'nightshift.outcome': 'completed' },
      ...{ 'nightshift.source.format': 'txt', 'nightshift.target': 'pdf', 'messaging.system': 'pg_boss' },
      ...{ 'messaging.operation.name': 'process', 'messaging.operation.type': 'process' },
      'messaging.destination.name': 'convert',
    })
    assert.equal(told.attributes['http.response.status_code'], 204)
    assert.equal(webhooks.got[0]?.headers.traceparent, `00-${PARENT.traceId}-${told.spanId}-01`)
    assert.doesNotMatch(JSON.stringify(spans), /Secret/)
    assert.equal(receiver.headers['x-key'], 'of-the-collector')
  })

  it('begins with the creation of an upload, which may give the sender’s context', async () => {
    const bytes = Buffer.from('resumed')
    const sender = { ...PARENT, traceId: 'a'.repeat(32) }
    const before = Date.now()
    const uploadId = await openedUpload(web.url, bytes.length, {
      traceparent: `00-${sender.traceId}-${sender.spanId}-01`,
    })
    await sendPart(web.url, uploadId, { offset: 0, bytes })
    const answer = await finishUpload(web.url, { uploadId, fileName: 'a.txt', target: 'pdf' })
    assert.equal((await answer.json()).traceId, sender.traceId)
    const spans = await traceWith(sender.traceId, 1)
    const [upload] = named(spans, 'upload')
    assert.equal(upload?.parentSpanId, sender.spanId)
    assert.ok(upload.startedAt >= before - 1 && upload.endedAt > upload.startedAt)
  })

  it('is one of its own where its sender gives none, or a malformed one', async () => {
    const ids: (string | undefined)[] = []
    for (const headers of [{}, { traceparent: TRACEPARENT.toUpperCase() }]) {
      const { traceId = '' }: CreatedJob = await (await send(web.url, 'hello', { headers })).json()
      const roots = (await traceWith(traceId, 1)).filter(({ parentSpanId }) => parentSpanId === undefined)
      assert.deepEqual(
        roots.map(({ name }) => name),
        ['upload'],
      )
      ids.push(traceId)
    }
    assert.notEqual(ids[0], ids[1])
    assert.ok(!ids.includes(PARENT.traceId))
  })

  it('has all attempts, and loses nothing but what a worker was doing that kill -9 ended', async () => {
    const { id, traceId = '' }: CreatedJob = await (await send(web.url, await deck({ slides: 150 }))).json()
    await reachState(web.url, id, 'running')
    // Else it might be finished before the worker is killed.
    const offices = await officesBelow(worker.pid ?? 0)
    for (const office of offices) process.kill(office, 'SIGSTOP')
    await until('the wait is told', () => named(spansOf(traceId), 'wait in queue').length === 1)
    const killed = worker.pid
    await endWorker('SIGKILL')
    for (const office of offices) {
      try {
        process.kill(office, 'SIGKILL')
      } catch {} // It ended with its worker.
    }
    await startWorker()
    await reachState(web.url, id, 'completed')
    const spans = await traceWith(traceId, 2)
    const known = new Set(spans.map(({ spanId }) => spanId))
    assert.deepEqual(
      spans.filter(({ parentSpanId }) => parentSpanId && !known.has(parentSpanId)),
      [],
      'every span but the first is part of one that was told',
    )
    const [lost, second] = named(spans, 'process convert').sort((a, b) => a.startedAt - b.startedAt)
    assert.ok(lost && second)
    assert.deepEqual([lost.attributes['nightshift.outcome'], lost.isError], ['lost', true])
    assert.deepEqual(
      [lost.attributes['error.type'], lost.attributes['nightshift.attempt']],
      ['worker_lost', 1],
    )
    assert.doesNotMatch(lost.instance, new RegExp(`-${killed}$`))
    assert.equal(second.attributes['nightshift.outcome'], 'completed')
    assert.equal(second.attributes['nightshift.attempt'], 2)
    assert.equal(lost.parentSpanId, second.parentSpanId)
    assert.equal(named(spans, 'wait in queue').length, 2)
    const again = await jobStatusOf(web.url, id)
    assert.equal(again.traceId, traceId)
  })

  it('is recorded by packages that both processes have loaded', async () => {
    const loaded = await readFile(environment.LOADED_FILE ?? '', 'utf8')
    for (const script of ['app/server.ts', 'worker/main.ts']) assert.ok(loaded.includes(`${script} @opent`))
  })
})

describe('without an endpoint for traces', () => {
  it('a job has no trace, whatever its sender says, and no process loads a package for it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nightshift-untraced-'))
    const loaded = join(folder, 'loaded')
    const pair = await startWebAndWorker({ NODE_OPTIONS: `--import=${WRITE_DOWN}`, LOADED_FILE: loaded })
    try {
      const answer = await send(pair.url, 'hello', { headers: SENDER })
      const { id }: CreatedJob = await answer.json()
      const job = await reachState(pair.url, id, 'completed')
      assert.ok(!('traceId' in job))
      const refused: Problem = await (await send(pair.url, '', { headers: SENDER })).json()
      assert.ok(!('traceId' in refused))
      assert.equal(existsSync(loaded), false)
    } finally {
      await pair.end()
      await rm(folder, { recursive: true })
    }
  })
})

describe('with an endpoint at which nobody answers', () => {
  it('jobs are converted all the same, and the processes end', async () => {
    const pair = await startWebAndWorker({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' })
    try {
      const { id }: CreatedJob = await (await send(pair.url, 'hello')).json()
      assert.match((await reachState(pair.url, id, 'completed')).traceId ?? '', /^[\da-f]{32}$/)
    } finally {
      await pair.end()
    }
  })
})

describe('a problem', () => {
  let receiver: OtlpReceiver
  let server: Awaited<ReturnType<typeof startTestServer>>
  before(async () => {
    receiver = await openOtlpReceiver()
  })
  beforeEach(async () => {
    server = await startTestServer({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })
  })
  afterEach(() => server.close())
  after(() => receiver.close())

  it('names the trace of a file that was refused, whose scan tells why', async () => {
    const refused: Problem = await (await send(server.url, '')).json()
    assert.equal(refused.code, 'empty_file')
    const scan = await until('the span of the scan', () =>
      receiver.spans.find(({ name, traceId }) => name === 'scan' && traceId === refused.traceId),
    )
    assert.deepEqual([scan.isError, scan.attributes['error.type']], [true, 'empty_file'])
  })

  it('names the trace of its sender, and none where there is none', async () => {
    const path = `${server.url}/api/jobs/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`
    assert.equal((await (await fetch(path, { headers: SENDER })).json()).traceId, PARENT.traceId)
    assert.ok(!('traceId' in (await (await fetch(path)).json())))
  })
})
