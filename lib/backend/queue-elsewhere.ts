import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { Queue } from '../queue.ts'
import { openAzureQueue } from '../queues/azure-queue.ts'
import { openRabbitmqQueue } from '../queues/rabbitmq-queue.ts'
import { openSqsQueue } from '../queues/sqs-queue.ts'

/** Opens the queue of QUEUE where it is not in PostgreSQL. @throws ConfigError when it cannot be used */
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
      return openRabbitmqQueue({ url: amqpUrl, log })
    case 'azure':
      return openAzureQueue({ connectionString, prefix: azureQueuePrefix, pollSeconds, log })
    case 'sqs':
      return openSqsQueue({ ...aws, log })
  }
}
