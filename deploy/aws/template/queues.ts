import { Fn, type Stack } from 'aws-cdk-lib'
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs'
import { resourceNames } from '../../../lib/aws/resource-names.ts'
import { MESSAGE_RETENTION_S, MOST_RECEIVES } from '../../../lib/queues/sqs-queue/queue-attributes.ts'
import { acceptRule } from './accepted-rules.ts'
import { FUNCTION_TIMEOUT_S } from './function-limits.ts'
import { onlyByTls } from './only-by-tls.ts'

export interface Queues {
  queue: CfnQueue
  webhookQueue: CfnQueue
  unreadable: CfnQueue
}

/** The queues of jobs and of webhooks, and the one of messages that nobody can read. */
export function addQueues(stack: Stack): Queues {
  const names = resourceNames('${Prefix}')
  const kept = { messageRetentionPeriod: MESSAGE_RETENTION_S, sqsManagedSseEnabled: true }
  const unreadable = new CfnQueue(stack, 'UnreadableQueue', { queueName: Fn.sub(names.unreadable), ...kept })
  const redrivePolicy = { deadLetterTargetArn: unreadable.attrArn, maxReceiveCount: MOST_RECEIVES }
  const queue = new CfnQueue(stack, 'Queue', {
    ...{ queueName: Fn.sub(names.queue), ...kept },
    // AWS refuses a function whose messages would appear again while it works on them.
    visibilityTimeout: FUNCTION_TIMEOUT_S,
    redrivePolicy,
  })
  const webhookQueue = new CfnQueue(stack, 'WebhookQueue', {
    ...{ queueName: Fn.sub(names.webhookQueue), ...kept, redrivePolicy },
  })
  new CfnQueuePolicy(stack, 'QueuePolicy', {
    queues: [queue.ref],
    policyDocument: onlyByTls('sqs:*', [queue.attrArn]),
  })
  new CfnQueuePolicy(stack, 'WebhookQueuePolicy', {
    queues: [webhookQueue.ref],
    policyDocument: onlyByTls('sqs:*', [webhookQueue.attrArn]),
  })
  new CfnQueuePolicy(stack, 'UnreadableQueuePolicy', {
    queues: [unreadable.ref],
    policyDocument: onlyByTls('sqs:*', [unreadable.attrArn]),
  })
  acceptRule(unreadable, 'AwsSolutions-SQS3', 'It is itself where dead letters go.')
  return { queue, webhookQueue, unreadable }
}
