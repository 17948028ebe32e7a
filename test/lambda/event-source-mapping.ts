import type { SqsClient } from '#lib/aws/sqs-client.ts'
import type { SqsRecord } from '#lib/backend/function-source.ts'
import type { BatchResponse, SqsEvent } from '#worker/lambda/function-worker.ts'

export interface MappingOptions {
  sqs: SqsClient
  /** The queue's name. */
  queue: string
  /** Invokes the function. @throws when the invocation ended with an error: then all its messages come again */
  invoke(event: SqsEvent): Promise<BatchResponse>
  /** How many messages an invocation may bring; unset: 10. */
  batchSize?: number
  /** How long a delivered message is hidden, in seconds. Lambda demands at least the function's time. */
  visibilityS: number
  /** How long a receive waits for a message, in seconds; unset: 0. */
  waitS?: number
}

/** What came of one invocation. */
export interface Delivered {
  records: SqsRecord[]
  failed: string[]
}

/**
 * What Lambda does between a queue and a function: it receives, invokes, and deletes each message that the function does
 * not name as failed. Undefined when no message was there.
 */
export async function deliverOnce(options: MappingOptions): Promise<Delivered | undefined> {
  const { sqs, queue, invoke, batchSize = 10, visibilityS, waitS = 0 } = options
  const QueueUrl = (await sqs.findQueue(queue)) ?? ''
  const messages = await sqs.receive(
    {
      ...{ QueueUrl, MaxNumberOfMessages: batchSize, WaitTimeSeconds: waitS },
      ...{ VisibilityTimeout: visibilityS, MessageSystemAttributeNames: ['All'] },
    },
    new AbortController().signal,
  )
  if (messages.length === 0) return undefined
  const records = messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', Attributes = {} }) => {
    return { messageId: MessageId, receiptHandle: ReceiptHandle, body: Body, attributes: Attributes }
  })
  const failed = await failuresOf(invoke({ Records: records }), records)
  for (const { messageId, receiptHandle } of records)
    if (!failed.includes(messageId)) await sqs.delete({ QueueUrl, ReceiptHandle: receiptHandle })
  return { records, failed }
}

async function failuresOf(
  invocation: Promise<BatchResponse>,
  records: readonly SqsRecord[],
): Promise<string[]> {
  try {
    return (await invocation).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
  } catch {
    return records.map(({ messageId }) => messageId)
  }
}
