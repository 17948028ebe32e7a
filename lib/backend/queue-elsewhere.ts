import type { Config } from '../config.ts'
import { systemClock } from '../jobs/clock.ts'
import type { Logger } from '../log.ts'
import type { Queue } from '../queue.ts'

export interface QueuesElsewhere {
  /** Brings jobs, and what webhooks are told. */
  queue: Queue<'convert' | 'webhook'>
  /** Brings the messages of maintenance: the same, or where it has no queue for them one in this process. */
  maintenanceQueue: Queue<'maintain'>
}

/** Opens the queue of QUEUE where it is not in PostgreSQL. @throws ConfigError when it cannot be used */
export async function openQueueElsewhere(config: Config, log: Logger): Promise<QueuesElsewhere | undefined> {
  if (config.queue === 'postgres') return undefined
  if (config.queue !== 'sqs') {
    const queue = await openBroker(config, log)
    return { queue, maintenanceQueue: queue }
  }
  const { openSqsQueue } = await import('../queues/sqs-queue.ts')
  const { createMemoryQueue } = await import('../queues/memory-queue.ts')
  const { MemoryMessages } = await import('../queues/memory-queue/memory-messages.ts')
  const maintenanceQueue = createMemoryQueue(new MemoryMessages(), systemClock)
  return { queue: await openSqsQueue({ ...config.aws, log }), maintenanceQueue }
}

/** Only the adapter that is chosen is loaded. */
async function openBroker(
  {
    queue,
    amqpUrl = '',
    azureConnectionString: connectionString = '',
    azureQueuePrefix,
    pollSeconds,
  }: Config,
  log: Logger,
): Promise<Queue> {
  if (queue === 'rabbitmq')
    return (await import('../queues/rabbitmq-queue.ts')).openRabbitmqQueue({ url: amqpUrl, log })
  return (await import('../queues/azure-queue.ts')).openAzureQueue({
    connectionString,
    prefix: azureQueuePrefix,
    pollSeconds,
    log,
  })
}
