import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { ConfigError } from '#lib/config.ts'
import { type Clock, systemClock } from '#lib/jobs/clock.ts'
import type { Queue, QueueMessage } from '#lib/queue.ts'
import { openAzureQueue } from '#lib/queues/azure-queue.ts'
import { type AzureTestClient, openAzureClient } from '#test/azurite/azurite-broker.ts'
import { type Azurite, openAzurite, WHY_NO_AZURITE } from '#test/azurite.ts'
import { until } from '#test/until.ts'

const DAY_MS = 86_400_000
const log = pino({ level: 'silent' })

describe('the Azure queue and its service', { skip: WHY_NO_AZURITE }, () => {
  let azurite: Azurite
  let queue: Queue
  let [client, poison]: AzureTestClient[] = []

  const open = (clock?: Clock) =>
    openAzureQueue({
      ...{ connectionString: azurite.connectionString, prefix: 'test', pollSeconds: 0.5, log },
      ...(clock && { clock }),
    })
  const newMessage = (fields: Partial<QueueMessage> = {}) => ({ id: randomUUID(), body: {}, ...fields })
  const peek = async (of: AzureTestClient | undefined) => (await of?.peekMessages())?.peekedMessageItems ?? []

  before(async () => {
    azurite = await openAzurite()
    queue = await open()
    client = await openAzureClient(azurite, 'test-convert')
    poison = await openAzureClient(azurite, 'test-convert-poison')
  })
  after(async () => {
    await queue?.close()
    await azurite?.close()
  })

  /** Consumes until the test ends; the messages that came. */
  async function collect(
    t: { after(end: () => Promise<void>): void },
    from = queue,
  ): Promise<{ came: QueueMessage[]; stop(): Promise<void> }> {
    const came: QueueMessage[] = []
    const consumer = await from.consume('convert', async ({ message }) => void came.push(message), {
      slots: 2,
    })
    t.after(() => consumer.stop())
    return { came, stop: () => consumer.stop() }
  }

  it('keeps a message for weeks, though the service hides and keeps none longer than seven days', async t => {
    const message = newMessage({ runAt: new Date(Date.now() + 20 * DAY_MS) })
    await queue.send('convert', [message])
    assert.deepEqual(await peek(client), [])
    for (const days of [7, 14, 20]) {
      const aheadMs = days * DAY_MS + 60_000
      await azurite.stop()
      await azurite.start(aheadMs)
      await until('it is delivered too early', async () => (await peek(client)).length === 1)
      const later = await open({ ...systemClock, now: () => Date.now() + aheadMs })
      const { came, stop } = await collect(t, later)
      if (days === 20) await until('it comes', () => came.length === 1)
      else await until('it is hidden again', async () => (await peek(client)).length === 0)
      await stop()
      assert.deepEqual(
        [came.map(({ id }) => id), await queue.depth('convert')],
        [days === 20 ? [message.id] : [], { waiting: days === 20 ? 0 : 1, exact: false }],
      )
    }
    await azurite.stop()
    await azurite.start()
  })

  it('sends what never expires', async t => {
    const message = newMessage()
    await queue.send('convert', [message])
    const [stored] = await peek(client)
    assert.ok(stored && stored.expiresOn.getTime() > Date.now() + 365 * DAY_MS)
    const { came } = await collect(t)
    await until('it comes', () => came.length === 1)
  })

  it('brings every text as it was sent', async t => {
    const texts = [
      'a\nb\r\n\tc',
      ' spaces  ',
      '&lt;&amp;amp;&#10;<b/>]]>',
      '\u0000\u0007\u007f\u0085\ufffe\uffff',
      '\ud800',
      '😀Ü',
      '',
    ]
    const body = Object.fromEntries(texts.map((text, n) => [`${n}${text}`, text]))
    await queue.send('convert', [newMessage({ body, group: 'a\nb' })])
    const { came } = await collect(t)
    await until('it comes', () => came.length === 1)
    assert.deepEqual([came[0]?.body, came[0]?.group], [body, 'a\nb'])
  })

  it('moves what is no message to the poison queue, and goes on', async t => {
    const texts = [
      'no JSON',
      '',
      '[]',
      '{"id":"1","body":{}}',
      JSON.stringify({ id: randomUUID(), body: { list: [] } }),
    ]
    for (const text of texts) await client?.sendMessage(text, { messageTimeToLive: -1, visibilityTimeout: 0 })
    const message = newMessage()
    await queue.send('convert', [message])
    const { came } = await collect(t)
    await until('the queue is empty', async () => (await queue.depth('convert')).waiting === 0)
    assert.deepEqual(
      came.map(({ id }) => id),
      [message.id],
    )
    const { receivedMessageItems } =
      (await poison?.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 60 })) ?? {}
    assert.deepEqual(receivedMessageItems?.map(({ messageText }) => messageText).toSorted(), texts.toSorted())
  })

  it('creates its queue again when somebody deletes it', async t => {
    const { came } = await collect(t)
    await client?.delete()
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
    await azurite.stop()
    await assert.rejects(queue.send('convert', [newMessage()]))
    const later = await open()
    const consumerOfLater = await later.consume('convert', handle, { slots: 1 })
    t.after(() => consumerOfLater.stop())
    isAway()
    await azurite.start()
    const last = newMessage()
    await later.send('convert', [last])
    await until('all come and are ended', async () => (await later.depth('convert')).waiting === 0)
    assert.deepEqual(new Set(came), new Set([held.id, waiting.id, last.id]))
  })

  it('gives up on a service that takes a connection and says nothing', async t => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    t.after(async () => void silent.close())
    const { port } = silent.address() as AddressInfo
    const connectionString = azurite.connectionString.replace(String(azurite.port), String(port))
    const there = await openAzureQueue({ connectionString, prefix: 'test', pollSeconds: 1, log })
    await assert.rejects(there.send('convert', [newMessage()]), { name: 'AbortError' })
  })

  it('says which setting is wrong where the account cannot be used', async () => {
    const right = azurite.connectionString
    const wrong = [
      'hello',
      right.replace('devstoreaccount1;', 'nobody;'),
      right.replace('AccountKey=Eby8', 'AccountKey=AAAA'),
    ]
    for (const connectionString of wrong)
      await assert.rejects(
        openAzureQueue({ connectionString, prefix: 'test', pollSeconds: 1, log }),
        (error: Error) =>
          error instanceof ConfigError &&
          /^AZURE_STORAGE_CONNECTION_STRING cannot be used: .+\. Copy it/.test(error.message) &&
          !error.message.includes('AccountKey='),
        connectionString,
      )
  })
})
