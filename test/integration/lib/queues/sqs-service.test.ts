import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { openSqsClient, type SqsClient } from '#lib/aws/sqs-client.ts'
import { ConfigError } from '#lib/config.ts'
import { type Clock, systemClock } from '#lib/jobs/clock.ts'
import type { Queue, QueueMessage } from '#lib/queue.ts'
import { batchesOf, entryOf } from '#lib/queues/sqs-queue/send-batches.ts'
import { openSqsQueue } from '#lib/queues/sqs-queue.ts'
import { type Fauxqs, openFauxqs } from '#test/fauxqs.ts'
import { until } from '#test/until.ts'

const DAY_MS = 86_400_000
const log = pino({ level: 'silent' })
const newMessage = (fields: Partial<QueueMessage> = {}) => ({ id: randomUUID(), body: {}, ...fields })

describe('the SQS queue and its service', () => {
  let fauxqs: Fauxqs
  let queue: Queue
  let sqs: SqsClient

  const open = (clock?: Clock) =>
    openSqsQueue({ ...fauxqs.client, prefix: 'test', waitSeconds: 1, log, ...(clock && { clock }) })
  const stored = () => fauxqs.server().inspectQueue('test-convert')?.messages
  const isEmpty = () => until('the queue is empty', async () => (await queue.depth('convert')).waiting === 0)
  const put = async (...texts: string[]) => {
    const QueueUrl = (await sqs.findQueue('test-convert')) ?? ''
    const Entries = texts.map((MessageBody, n) => ({ Id: String(n), MessageBody }))
    await sqs.send({ QueueUrl, Entries })
  }

  before(async () => {
    fauxqs = await openFauxqs({ durable: true })
    queue = await open()
    sqs = await openSqsClient(fauxqs.client)
  })
  after(async () => {
    sqs?.close()
    await queue?.close()
    await fauxqs?.close()
  })

  /** Consumes until the test ends; the messages that came. */
  async function collect(t: { after(end: () => Promise<void>): void }, from = queue) {
    const came: QueueMessage[] = []
    const consumer = await from.consume('convert', async ({ message }) => void came.push(message), {
      slots: 2,
    })
    t.after(() => consumer.stop())
    return { came, stop: () => consumer.stop() }
  }

  it('sends a message for weeks anew each time that its delay is over, and delivers it at its time', async t => {
    const began = Date.now()
    const message = newMessage({ runAt: new Date(began + 20 * DAY_MS) })
    await queue.send('convert', [message])
    const [delayed] = stored()?.delayed ?? []
    assert.ok(delayed && Math.abs((delayed.delayUntil ?? 0) - began - 900_000) < 60_000)
    assert.deepEqual(await queue.depth('convert'), { waiting: 1, exact: false })
    await sqs.deleteQueue((await sqs.findQueue('test-convert')) ?? '')
    await queue.depth('convert')
    // As the service delivers it when the delay is over.
    await put(delayed.body)
    const early = await collect(t)
    await until(
      'it is delayed again',
      () => stored()?.delayed.length === 1 && stored()?.inflight.length === 0,
    )
    await early.stop()
    assert.deepEqual(early.came, [])
    await sqs.deleteQueue((await sqs.findQueue('test-convert')) ?? '')
    await queue.depth('convert')
    await put(delayed.body)
    const later = await open({ ...systemClock, now: () => Date.now() + 20 * DAY_MS + 60_000 })
    t.after(() => later.close())
    const { came } = await collect(t, later)
    await until('it comes', () => came.length === 1)
    assert.deepEqual([came[0]?.id, came[0]?.runAt], [message.id, message.runAt])
    await isEmpty()
  })

  it('divides messages by their number and their length into calls', () => {
    const entries = (count: number, length: number) =>
      Array.from({ length: count }, () => ({ MessageBody: 'x'.repeat(length) }))
    const sizes = (count: number, length: number) =>
      batchesOf(entries(count, length)).map(batch => batch.length)
    assert.deepEqual(sizes(0, 1), [])
    assert.deepEqual(sizes(25, 1), [10, 10, 5])
    assert.deepEqual(sizes(5, 100_000), [2, 2, 1])
    assert.deepEqual(sizes(2, 300_000), [1, 1])
    for (const batch of batchesOf(entries(25, 1)))
      assert.equal(new Set(batch.map(({ Id }) => Id)).size, batch.length)
  })

  it('names the group of a message as the service allows, and tells groups apart that it would not take', () => {
    const groupOf = (group?: string) => entryOf(newMessage({ group }), 0).MessageGroupId
    assert.deepEqual([groupOf(), groupOf('owner-1'), groupOf('a@b.c')], [undefined, 'owner-1', 'a@b.c'])
    const others = ['Zoë “1”', 'a b', 'x'.repeat(129), 'x'.repeat(130)].map(groupOf)
    assert.equal(new Set(others).size, others.length)
    for (const group of others) assert.match(group ?? '', /^[0-9a-f]{64}$/)
  })

  it('rejects when a message is too long for the service, and sends the others', async t => {
    const [good, long] = [newMessage({ group: 'g' }), newMessage({ body: { text: 'x'.repeat(2_000_000) } })]
    await assert.rejects(queue.send('convert', [good, long]))
    const { came } = await collect(t)
    await until('the other comes', () => came.length === 1)
    assert.deepEqual([came[0]?.id, came[0]?.group], [good.id, 'g'])
  })

  it('moves what is no message to the queue of unreadable ones, and goes on', async t => {
    const texts = ['no JSON', '[]', '{"id":"1","body":{}}']
    await put(...texts)
    const message = newMessage()
    await queue.send('convert', [message])
    const { came } = await collect(t)
    await isEmpty()
    assert.deepEqual(
      came.map(({ id }) => id),
      [message.id],
    )
    const aside = fauxqs.server().inspectQueue('test-convert-unreadable')?.messages.ready ?? []
    assert.deepEqual(aside.map(({ body }) => body).toSorted(), texts.toSorted())
  })

  it('keeps messages as long as the service can, and names where it shall put what it delivers in vain', () => {
    const { attributes } = fauxqs.server().inspectQueue('test-convert') ?? {}
    assert.equal(attributes?.MessageRetentionPeriod, String(14 * 86_400))
    const { deadLetterTargetArn } = JSON.parse(attributes?.RedrivePolicy ?? '{}')
    assert.match(deadLetterTargetArn, /:test-convert-unreadable$/)
  })

  it('keeps a message from others while its handler works without acknowledging', async t => {
    const message = newMessage()
    await queue.send('convert', [message])
    let beat = () => {}
    const clock: Clock = {
      ...systemClock,
      every(_ms, run) {
        beat = run
        return () => {}
      },
    }
    const { promise: end, resolve } = Promise.withResolvers<void>()
    const holding = await open(clock)
    const consumer = await holding.consume('convert', () => end, { slots: 1 })
    t.after(async () => {
      resolve()
      await consumer.stop()
      await holding.close()
    })
    await until('it is held', () => stored()?.inflight.length === 1)
    const deadline = () => stored()?.inflight[0]?.visibilityDeadline ?? 0
    const first = deadline()
    await until('it is held for longer', () => {
      beat()
      return deadline() > first
    })
  })

  it('creates its queue again when somebody deletes it', async t => {
    const { came } = await collect(t)
    await sqs.deleteQueue((await sqs.findQueue('test-convert')) ?? '')
    await queue.send('convert', [newMessage()])
    await until('a message comes', () => came.length === 1)
  })

  it('waits for a service that is away, also while it holds messages, and opens without it', async t => {
    const [held, waiting] = [newMessage(), newMessage()]
    await queue.send('convert', [held, waiting])
    const came: string[] = []
    const { promise: away, resolve: isAway } = Promise.withResolvers<void>()
    const handle = async ({ message }: { message: QueueMessage }) => {
      came.push(message.id)
      await away
    }
    const consumer = await queue.consume('convert', handle, { slots: 1 })
    t.after(() => consumer.stop())
    await until('one is held', () => came.length === 1)
    await fauxqs.stop()
    await assert.rejects(queue.send('convert', [newMessage()]))
    const later = await open()
    const consumerOfLater = await later.consume('convert', handle, { slots: 1 })
    t.after(async () => {
      await consumerOfLater.stop()
      await later.close()
    })
    isAway()
    await fauxqs.start()
    const last = newMessage()
    await later.send('convert', [last])
    await until('all come and are ended', async () => (await later.depth('convert')).waiting === 0)
    assert.deepEqual(new Set(came), new Set([held.id, waiting.id, last.id]))
  })

  it('says what to check where the service refuses', async t => {
    const refusing = createServer((_request, response) => {
      response.writeHead(403, { 'content-type': 'application/x-amz-json-1.0' })
      response.end('{"__type":"InvalidClientTokenId","message":"The token is not valid"}')
    }).listen(0, '127.0.0.1')
    await once(refusing, 'listening')
    t.after(async () => void refusing.close())
    const { port } = refusing.address() as AddressInfo
    await assert.rejects(
      openSqsQueue({ ...fauxqs.client, endpoint: `http://127.0.0.1:${port}`, prefix: 'test', log }),
      (error: Error) =>
        error instanceof ConfigError &&
        error.message.startsWith('SQS cannot be used: The token is not valid. Check AWS_REGION'),
    )
  })
})
