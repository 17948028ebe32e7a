import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { openSnsClient } from '#lib/aws/sns-client.ts'
import { openSqsClient, type SqsClient } from '#lib/aws/sqs-client.ts'
import { type Backend, openBackend } from '#lib/backend.ts'
import { readConfig } from '#lib/config.ts'
import { type Job, sourceKey } from '#lib/jobs.ts'
import { openLog } from '#lib/log.ts'
import { messageTextOf } from '#lib/queues/message-text.ts'
import { longText } from '#test/documents/long.ts'
import { DYNALITE_ACCESS, type Dynalite, openDynalite } from '#test/dynalite.ts'
import { type Fauxqs, openFauxqs } from '#test/fauxqs.ts'
import { deliverOnce } from '#test/lambda/event-source-mapping.ts'
import { openFarServer } from '#test/lambda/far-server.ts'
import type { ServiceProxy } from '#test/service-proxy.ts'
import { until } from '#test/until.ts'
import { FunctionWorker, RESERVE_MS } from '#worker/lambda/function-worker.ts'

const QUEUE = 'nightshift-convert'
/** The time of an invocation, in milliseconds. */
const LONG_MS = 300_000

describe('a function of AWS Lambda', () => {
  let folder: string
  let fauxqs: Fauxqs
  /** The topic of the events, which answers late. */
  let far: ServiceProxy
  let dynalite: Dynalite
  let sqs: SqsClient
  let environment: Record<string, string>
  let backend: Backend
  let worker: FunctionWorker

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-lambda-'))
    await chmod(folder, 0o711)
    fauxqs = await openFauxqs()
    far = await openFarServer(fauxqs.client.endpoint, 300)
    dynalite = await openDynalite()
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_SQS: fauxqs.client.endpoint,
      AWS_ENDPOINT_URL_SNS: far.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: dynalite.endpoint,
      AWS_ACCESS_KEY_ID: DYNALITE_ACCESS.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: DYNALITE_ACCESS.credentials.secretAccessKey,
    })
    environment = {
      ...{
        DATA_DIR: folder,
        STORAGE: `file://${folder}/files`,
        JOBS: 'dynamodb',
        AWS_REGION: fauxqs.client.region,
        SLOTS: '1',
      },
      ...{ SECRET: 's'.repeat(32), LOG_LEVEL: 'silent', LAMBDA_SLOTS: '2' },
    }
    backend = await openBackend(readConfig(environment), openLog('test', { level: 'silent', format: 'json' }))
    sqs = await openSqsClient(fauxqs.client)
    worker = new FunctionWorker(() => readConfig(environment))
  })
  after(async () => {
    await worker.close()
    await backend.close()
    sqs.close()
    far.close()
    await fauxqs.close()
    await dynalite.close()
    await rm(folder, { recursive: true })
  })

  async function submit(source: { text: string; format?: string } = { text: 'a text' }): Promise<Job> {
    const id = randomUUID()
    const stored = await backend.storage.write(sourceKey(id), Readable.from([source.text]))
    const { job } = await backend.jobs.create({
      ...{ id, batchId: randomUUID(), owner: 'somebody', fileName: 'notes', target: 'pdf', options: {} },
      source: { format: source.format ?? 'txt', ...stored },
      ...{ maxAttempts: 3, expiresAt: new Date(Date.now() + 1e6) },
    })
    return job
  }
  const stored = (name = QUEUE) => fauxqs.server().inspectQueue(name)?.messages
  const put = async (...texts: string[]) => {
    const QueueUrl = (await sqs.findQueue(QUEUE)) ?? ''
    await sqs.send({ QueueUrl, Entries: texts.map((MessageBody, n) => ({ Id: String(n), MessageBody })) })
  }
  const context = (ms: number) => {
    const end = Date.now() + ms
    return { getRemainingTimeInMillis: () => end - Date.now(), logStreamName: '2026/11/29/[$LATEST]a' }
  }
  /** One invocation with what is in the queue. */
  const deliver = (ms = LONG_MS, by = worker) =>
    deliverOnce({ sqs, queue: QUEUE, visibilityS: 300, invoke: event => by.invoke(event, context(ms)) })
  const jobOf = async (id: string) => {
    const { state, attempt, claims } = (await backend.jobs.get(id)) ?? {}
    return { state, attempt, claims }
  }

  it('gives all messages back while a setting is missing, and reads the settings again next time', async () => {
    const { SECRET = '' } = environment
    delete environment.SECRET
    const event = { Records: [{ messageId: '1', receiptHandle: 'none', body: 'x' }] }
    const answer = await worker.invoke(event, context(LONG_MS))
    assert.deepEqual(answer, { batchItemFailures: [{ itemIdentifier: '1' }] })
    environment.SECRET = SECRET
    const { id } = await submit()
    assert.deepEqual((await deliver())?.failed, [])
    assert.equal((await jobOf(id)).state, 'completed')
  })

  it('converts what Lambda brings, and its events are out before it may be frozen', async t => {
    const sns = await openSnsClient(fauxqs.client)
    t.after(() => sns.close())
    const QueueUrl = (await sqs.createQueue({ QueueName: 'seen' })) ?? ''
    const { QueueArn } = await sqs.attributesOf(QueueUrl, ['QueueArn'])
    const TopicArn = await sns.createTopic('nightshift-events')
    await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint: QueueArn })
    const { id } = await submit()
    const delivered = await deliver()
    assert.ok(stored('seen')?.ready.some(({ body }) => body.includes('completed')))
    assert.deepEqual(delivered?.failed, [])
    assert.deepEqual(await jobOf(id), { state: 'completed', attempt: 1, claims: 1 })
    const { workers } = await backend.jobs.stats()
    assert.deepEqual(
      workers.map(one => [one.worker, one.slots, one.ready]),
      [
        ['lambda/2026/11/29/[$LATEST]a', 1, true],
        ['lambda', 1, true],
      ],
    )
  })

  it('does a job once whose message comes twice, and puts aside what cannot be read', async () => {
    const { id } = await submit()
    const [text = ''] = stored()?.ready.map(({ body }) => body) ?? []
    await put(text, 'no message', messageTextOf({ id: randomUUID(), body: { other: 1 } }))
    assert.deepEqual((await deliver())?.failed, [])
    assert.deepEqual(await jobOf(id), { state: 'completed', attempt: 1, claims: 1 })
    assert.deepEqual(
      stored(`${QUEUE}-unreadable`)?.ready.map(({ body }) => body),
      ['no message'],
    )
    await put(text)
    assert.deepEqual((await deliver())?.failed, [])
    assert.deepEqual(await jobOf(id), { state: 'completed', attempt: 1, claims: 1 })
  })

  it('hands a job back before its time is over, and another invocation completes it', async () => {
    const { id } = await submit({ text: longText(300), format: 'fodt' })
    assert.deepEqual((await deliver(RESERVE_MS + 150))?.failed, [])
    assert.deepEqual(await jobOf(id), { state: 'queued', attempt: 0, claims: 1 })
    assert.deepEqual((await deliver())?.failed, [])
    assert.deepEqual(await jobOf(id), { state: 'completed', attempt: 1, claims: 2 })
  })

  it('claims nothing when its time is over, and lets the message come again at once', async () => {
    const { id } = await submit()
    const delivered = await deliver(RESERVE_MS)
    assert.deepEqual(
      delivered?.failed,
      delivered?.records.map(({ messageId }) => messageId),
    )
    assert.deepEqual(await jobOf(id), { state: 'queued', attempt: 0, claims: 0 })
    await until('it comes again', async () => (await deliver())?.failed.length === 0)
    assert.equal((await jobOf(id)).state, 'completed')
  })

  it('sends a message for later again for its time', async () => {
    const message = { id: randomUUID(), body: { jobId: randomUUID() }, runAt: new Date(Date.now() + 600_000) }
    await put(messageTextOf(message))
    assert.deepEqual((await deliver())?.failed, [])
    assert.deepEqual(
      stored()?.delayed.map(({ body }) => body),
      [messageTextOf(message)],
    )
  })

  it('lets a message come again soon when the table does not answer', async () => {
    const { id } = await submit()
    await dynalite.stop()
    const delivered = await deliver()
    await dynalite.start()
    assert.equal(delivered?.failed.length, 1)
    await until('it comes again', async () => (await deliver())?.failed.length === 0)
    assert.equal((await jobOf(id)).state, 'completed')
  })

  it('takes no job where no sandbox can be had and no setting says what isolates instead', async t => {
    // No LibreOffice is in that folder.
    const noSystem = join(folder, 'files')
    const settings = { ...environment, DATA_DIR: join(folder, 'another'), ENGINE_ROOT: noSystem }
    const another = new FunctionWorker(() => readConfig(settings))
    t.after(() => another.close())
    const { id } = await submit()
    assert.equal((await deliver(LONG_MS, another))?.failed.length, 1)
    assert.deepEqual(await jobOf(id), { state: 'queued', attempt: 0, claims: 0 })
    const { workers } = await backend.jobs.stats()
    assert.deepEqual([workers.length, workers[0]?.ready], [1, false])
    assert.match(workers[0]?.trouble ?? '', /LAMBDA_ISOLATION=function-role/)
    await until('it comes again', async () => (await deliver())?.failed.length === 0)
    assert.equal((await jobOf(id)).state, 'completed')
  })
})
