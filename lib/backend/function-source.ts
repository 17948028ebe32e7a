import { type Config, ConfigError } from '../config.ts'
import type { Logger } from '../log.ts'
import { type EventSource, openEventSource } from '../queues/sqs-queue/event-source.ts'

export type { EventSource, SqsRecord } from '../queues/sqs-queue/event-source.ts'

/** Opens the queue whose messages Lambda brings. @throws ConfigError for a queue that Lambda cannot bring messages of */
export async function openFunctionSource({ queue, aws }: Config, log: Logger): Promise<EventSource> {
  if (queue !== 'sqs') throw new ConfigError(`A function of AWS Lambda needs QUEUE=sqs, not ${queue}.`)
  return openEventSource({ ...aws, log })
}
