import { type AmqpChannel, loadAmqpPackage } from '#lib/queues/rabbitmq-queue/amqp.ts'
import type { TestBroker } from '../back-end.ts'
import type { RabbitmqBroker } from '../rabbitmq-broker.ts'

const QUEUE = 'nightshift.convert'
const UNREADABLE = 'nightshift.unreadable'
const TIMES = { acquireTimeout: 20_000, connectionTimeout: 20_000, retryLow: 100, retryHigh: 1000 }

/** A channel of the package, with what the product does not use. */
type Channel = AmqpChannel & {
  basicGet(params: { queue: string; noAck: true }): Promise<{ body: unknown } | undefined>
}

export function testBrokerOf(broker: RabbitmqBroker): TestBroker {
  async function onChannel<T>(run: (channel: Channel) => Promise<T>): Promise<T> {
    const { Connection } = await loadAmqpPackage()
    const connection = new Connection({ url: broker.url, connectionName: 'test', noDelay: true, ...TIMES })
    try {
      const channel = (await connection.acquire({ emitErrorsFromChannel: false })) as Channel
      await channel.confirmSelect()
      const result = await run(channel)
      await channel.close()
      return result
    } finally {
      await connection.close()
    }
  }
  return {
    stop: () => broker.stop(),
    start: () => broker.start(),
    put: text => onChannel(channel => putInto(channel, text)),
    doubleWaiting: () =>
      onChannel(async channel => {
        const texts = await takeAll(channel, QUEUE)
        for (const text of [...texts, ...texts]) await putInto(channel, text)
        return texts.length
      }),
    count: () =>
      onChannel(async channel => (await channel.queueDeclare({ queue: QUEUE, passive: true })).messageCount),
    putAside: () => onChannel(channel => takeAll(channel, UNREADABLE)),
  }
}

async function putInto(channel: Channel, text: string): Promise<void> {
  const envelope = { exchange: '', routingKey: QUEUE, messageId: '', durable: true, mandatory: true }
  await channel.basicPublish(envelope, Buffer.from(text))
}

async function takeAll(channel: Channel, queue: string): Promise<string[]> {
  const texts: string[] = []
  for (;;) {
    const message = await channel.basicGet({ queue, noAck: true })
    if (!message) return texts
    texts.push(String(message.body))
  }
}
