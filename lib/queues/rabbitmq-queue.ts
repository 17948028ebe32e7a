import { ConfigError } from '../config.ts'
import { type Clock, systemClock } from '../jobs/clock.ts'
import type { Logger } from '../log.ts'
import type { Handler, Queue, QueueConsumeOptions, QueueConsumer, QueueMessage, QueueName } from '../queue.ts'
import { ProcessSchedules } from './process-schedules.ts'
import { BrokerConnections, closeConnection } from './rabbitmq-queue/broker-connections.ts'
import { ConsumerSlot } from './rabbitmq-queue/consumer-slot.ts'
import { Publisher, type Routed } from './rabbitmq-queue/publisher.ts'
import { Topology } from './rabbitmq-queue/topology.ts'

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
 * call fails within seconds, and consumers receive messages as soon as it is there. The broker knows no priorities,
 * cannot limit groups, and removes no message that was not delivered.
 * @throws ConfigError when the broker refuses the user or the virtual host
 */
export async function openRabbitmqQueue(options: RabbitmqQueueOptions): Promise<Queue> {
  const { url, prefix = 'nightshift', log, clock = systemClock } = options
  const connections = await BrokerConnections.load(url, log)
  const topology = new Topology(prefix)
  const prepare: Topology['declare'] = channel => topology.declare(channel)
  const publisher = new Publisher({ connection: connections.connect(`${prefix} sends`), prepare, log })
  const refusal = await connections.refusal(publisher.tried)
  if (refusal !== undefined) {
    await publisher.close()
    await connections.closeAll()
    throw new ConfigError(`AMQP_URL cannot be used: ${refusal}.`)
  }
  const schedules = new ProcessSchedules(send, clock)

  function routed(name: QueueName, message: QueueMessage, notBefore = message.runAt): Routed {
    return { ...topology.routeTo(name, (notBefore?.getTime() ?? 0) - clock.now()), message }
  }

  async function send(name: QueueName, messages: readonly QueueMessage[]): Promise<void> {
    await publisher.publish(messages.map(message => routed(name, message)))
  }

  async function consume(
    name: QueueName,
    handle: Handler,
    { slots, groupSlots }: QueueConsumeOptions,
  ): Promise<QueueConsumer> {
    if (groupSlots !== undefined)
      throw new Error('QUEUE=rabbitmq cannot limit how many messages of a group are delivered at a time')
    const connection = connections.connect(`${prefix} consumes ${name}`)
    const slotOptions = {
      ...{ connection, queue: topology.queue(name), handle, now: clock.now, log },
      sendAgain: (message: QueueMessage, notBefore: Date) =>
        publisher.publish([routed(name, message, notBefore)]),
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
      await connections.closeAll()
    },
  }
}
