import { setTimeout as wait } from 'node:timers/promises'
import { type Clock, systemClock } from '../jobs/clock.ts'
import type { Logger } from '../log.ts'
import type { Handler, Queue, QueueConsumeOptions, QueueConsumer, QueueMessage, QueueName } from '../queue.ts'
import { ProcessSchedules } from './process-schedules.ts'
import { type AmqpConnection, loadAmqpPackage } from './rabbitmq-queue/amqp.ts'
import { ConsumerSlot } from './rabbitmq-queue/consumer-slot.ts'
import { Publisher } from './rabbitmq-queue/publisher.ts'
import { Topology } from './rabbitmq-queue/topology.ts'

/** How long a call waits for a connection, and the longest pause between two tries to connect, in milliseconds. */
const CONNECT_MS = 5_000
const FIRST_RETRY_MS = 200
/** How long an open connection may take to close. */
const CLOSE_MS = 5_000

export interface RabbitmqQueueOptions {
  /** `amqp://user:password@host:port/vhost`, or `amqps://` for TLS. */
  url: string
  /** How the names of exchanges and queues begin on the broker. */
  prefix?: string
  log: Logger
  clock?: Clock
}

/**
 * A process's connections to the quorum queues of a RabbitMQ broker. It opens while the broker is away, too: then each
 * call fails within seconds, and consumers receive messages as soon as it is there. The broker knows no priorities, cannot limit
 * groups, and removes no message that was not delivered.
 */
export async function openRabbitmqQueue(options: RabbitmqQueueOptions): Promise<Queue> {
  const { url, prefix = 'nightshift', log, clock = systemClock } = options
  const { Connection } = await loadAmqpPackage()
  const connections: AmqpConnection[] = []
  const connect = (connectionName: string): AmqpConnection => {
    const connection = new Connection({
      ...{ url, connectionName, noDelay: true, acquireTimeout: CONNECT_MS, connectionTimeout: CONNECT_MS },
      ...{ retryLow: FIRST_RETRY_MS, retryHigh: CONNECT_MS },
    })
    connection.on('error', error => log.warn({ err: error }, 'the connection to RabbitMQ is lost'))
    connections.push(connection)
    return connection
  }
  const topology = new Topology(prefix)
  const prepare: Topology['declare'] = channel => topology.declare(channel)
  const publisher = new Publisher({ connection: connect(`${prefix} sends`), prepare, log })
  const schedules = new ProcessSchedules(send, clock)

  async function send(name: QueueName, messages: readonly QueueMessage[]): Promise<void> {
    await publisher.publish(
      messages.map(message => {
        const waitMs = (message.runAt?.getTime() ?? 0) - clock.now()
        return { ...topology.routeTo(name, waitMs), message }
      }),
    )
  }

  async function consume(
    name: QueueName,
    handle: Handler,
    { slots, groupSlots }: QueueConsumeOptions,
  ): Promise<QueueConsumer> {
    if (groupSlots !== undefined)
      throw new Error('QUEUE=rabbitmq cannot limit how many messages of a group are delivered at a time')
    const connection = connect(`${prefix} consumes ${name}`)
    const slotOptions = {
      ...{ connection, queue: topology.queue(name), handle, now: clock.now, log },
      sendAgain: (message: QueueMessage, notBefore: Date) =>
        publisher.publish([{ ...topology.routeTo(name, notBefore.getTime() - clock.now()), message }]),
    }
    const standing = Array.from({ length: slots }, () => new ConsumerSlot(slotOptions))
    let stopped: Promise<void> | undefined
    const stop = async () => {
      await Promise.all(standing.map(slot => slot.stop()))
      await closeConnection(connection)
    }
    return { wake() {}, stop: () => (stopped ??= stop()) }
  }

  return {
    keepsOrder: false,
    send,
    async discard() {},
    consume,
    async depth(name) {
      const channel = await publisher.channel()
      const counts = topology
        .waitingQueues(name)
        .map(async queue => (await channel.queueDeclare({ queue, passive: true })).messageCount)
      const waiting = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
      // A message on its way between two queues is in neither count.
      return { waiting, exact: false }
    },
    schedule: async schedule => schedules.set(schedule),
    unschedule: async (name, key) => schedules.remove(name, key),
    async close() {
      schedules.stop()
      await publisher.close()
      await Promise.all(connections.map(closeConnection))
    },
  }
}

/** Ends the connection after its last messages, or at once where the broker does not answer. */
async function closeConnection(connection: AmqpConnection): Promise<void> {
  const late = new AbortController()
  const closed = connection.close().finally(() => late.abort())
  await Promise.race([closed, wait(CLOSE_MS, undefined, { signal: late.signal }).catch(() => {})])
  connection.unsafeDestroy()
}
