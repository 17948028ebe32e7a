import pMap from 'p-map'
import { ConfigError } from '../config.ts'
import { type Clock, systemClock } from '../jobs/clock.ts'
import type { Logger } from '../log.ts'
import type { Queue, QueueMessage, QueueName } from '../queue.ts'
import { AccountQueue, isRefusal } from './azure-queue/account-queue.ts'
import { AzureConsumer } from './azure-queue/azure-consumer.ts'
import { loadAzurePackage } from './azure-queue/azure-package.ts'
import { messageTextOf } from './message-text.ts'
import { ProcessSchedules } from './process-schedules.ts'

/** The service takes one message in a call. */
const CALLS_AT_A_TIME = 16

export interface AzureQueueOptions {
  connectionString: string
  /** How the names of the queues begin in the storage account. */
  prefix: string
  /** The longest time between two looks for messages, in seconds. */
  pollSeconds: number
  log: Logger
  clock?: Clock
}

/**
 * A process's connection to the queues of an Azure storage account. The service keeps no order and pushes nothing, so
 * consumers poll; it cannot limit groups, and removes no message that was not delivered. Where it cannot be reached
 * the queue opens all the same, and each call tries again.
 * @throws ConfigError when the account cannot be used
 */
export async function openAzureQueue(options: AzureQueueOptions): Promise<Queue> {
  const { pollSeconds, log, clock = systemClock } = options
  const queues = await openAccount(options)
  const schedules = new ProcessSchedules(send, clock)

  async function send(name: QueueName, messages: readonly QueueMessage[]): Promise<void> {
    const { queue } = queues(name)
    const sendOne = (message: QueueMessage) => {
      const waitMs = (message.runAt?.getTime() ?? 0) - clock.now()
      return queue.send(messageTextOf(message), waitMs / 1000)
    }
    await pMap(messages, sendOne, { concurrency: CALLS_AT_A_TIME })
  }

  return {
    keepsOrder: false,
    send,
    async discard() {},
    async consume(name, handle, consumeOptions) {
      if (consumeOptions.groupSlots !== undefined)
        throw new Error('QUEUE=azure cannot limit how many messages of a group are delivered at a time')
      return new AzureConsumer(handle, {
        ...{ ...consumeOptions, ...queues(name) },
        ...{ idleMs: pollSeconds * 1000, clock, log },
      })
    },
    depth: async name => ({ waiting: await queues(name).queue.count(), exact: false }),
    schedule: async schedule => schedules.set(schedule),
    unschedule: async (name, key) => schedules.remove(name, key),
    close: async () => schedules.stop(),
  }
}

interface QueuePair {
  queue: AccountQueue
  /** Where texts go that are no message. */
  poison: AccountQueue
}

async function openAccount({ connectionString, prefix, log }: AzureQueueOptions) {
  const { QueueClient } = await loadAzurePackage()
  const open = (name: string) =>
    new AccountQueue(new QueueClient(connectionString, name, { retryOptions: { maxTries: 2 } }))
  const pair = (name: QueueName): QueuePair => ({
    queue: open(`${prefix}-${name}`),
    poison: open(`${prefix}-${name}-poison`),
  })
  try {
    const pairs: Record<QueueName, QueuePair> = {
      ...{ convert: pair('convert'), maintain: pair('maintain'), webhook: pair('webhook') },
    }
    await createUnlessAway(Object.values(pairs), log)
    return (name: QueueName) => pairs[name]
  } catch (error) {
    const [cause = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new ConfigError(
      `AZURE_STORAGE_CONNECTION_STRING cannot be used: ${cause.replace(/\.?$/, '.')} Copy it from the storage account’s page “Access keys”.`,
    )
  }
}

async function createUnlessAway(pairs: readonly QueuePair[], log: Logger): Promise<void> {
  try {
    await Promise.all(pairs.flatMap(({ queue, poison }) => [queue.create(), poison.create()]))
  } catch (error) {
    if (isRefusal(error)) throw error
    log.warn({ err: error }, 'the queue does not answer; messages are sent later')
  }
}
