import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { Queue } from '../queue.ts'

/** Opens the queue of QUEUE where it is not in PostgreSQL; only then its adapter is loaded. @throws ConfigError when it cannot be used */
export async function openQueueElsewhere(
  {
    queue,
    amqpUrl = '',
    azureConnectionString: connectionString = '',
    azureQueuePrefix,
    pollSeconds,
    aws,
  }: Config,
  log: Logger,
): Promise<Queue | undefined> {
  switch (queue) {
    case 'postgres':
      return undefined
    case 'rabbitmq':
      return (await import('../queues/rabbitmq-queue.ts')).openRabbitmqQueue({ url: amqpUrl, log })
    case 'azure':
      return (await import('../queues/azure-queue.ts')).openAzureQueue({
        connectionString,
        prefix: azureQueuePrefix,
        pollSeconds,
        log,
      })
    case 'sqs':
      return (await import('../queues/sqs-queue.ts')).openSqsQueue({ ...aws, log })
  }
}
