import type {
  ChangeMessageVisibilityCommandInput,
  CreateQueueCommandInput,
  DeleteMessageBatchCommandInput,
  DeleteMessageCommandInput,
  ListQueuesCommandInput,
  QueueAttributeName,
  ReceiveMessageCommandInput,
  SendMessageBatchCommandInput,
  TagQueueCommandInput,
} from '@aws-sdk/client-sqs'
import { type AwsClientOptions, givenOptions } from './client-options.ts'

export type { Message as SqsMessage, SendMessageBatchRequestEntry as SqsEntry } from '@aws-sdk/client-sqs'

/** The calls on SQS that are used. */
export type SqsClient = Awaited<ReturnType<typeof openSqsClient>>

const CONNECTION_MS = 1_000
/** How long a call may take, with its repetitions. */
const CALL_MS = 4_000
/** A receive answers when a message comes or its wait is over, and this much later at the latest. */
const RECEIVE_GRACE_MS = 4_000
const TRIES = 2

/** Opens no connection yet. @throws Error when the package is not installed */
export async function openSqsClient(options: AwsClientOptions) {
  const sdk = await import('@aws-sdk/client-sqs')
  const client = new sdk.SQSClient({
    ...messagingSettings(options),
    maxAttempts: TRIES,
    // The address of a queue is its name; where the service is, the settings say.
    useQueueUrlAsEndpoint: false,
  })
  const limit = () => ({ abortSignal: AbortSignal.timeout(CALL_MS) })
  return {
    findQueue: async (QueueName: string) =>
      (await client.send(new sdk.GetQueueUrlCommand({ QueueName }), limit())).QueueUrl,
    createQueue: async (input: CreateQueueCommandInput) =>
      (await client.send(new sdk.CreateQueueCommand(input), limit())).QueueUrl,
    deleteQueue: (QueueUrl: string) => client.send(new sdk.DeleteQueueCommand({ QueueUrl }), limit()),
    listQueues: (input: ListQueuesCommandInput) => client.send(new sdk.ListQueuesCommand(input), limit()),
    tagsOf: async (QueueUrl: string) =>
      (await client.send(new sdk.ListQueueTagsCommand({ QueueUrl }), limit())).Tags ?? {},
    tag: (input: TagQueueCommandInput) => client.send(new sdk.TagQueueCommand(input), limit()),
    attributesOf: async (QueueUrl: string, AttributeNames: QueueAttributeName[]) => {
      const command = new sdk.GetQueueAttributesCommand({ QueueUrl, AttributeNames })
      return (await client.send(command, limit())).Attributes ?? {}
    },
    send: (input: SendMessageBatchCommandInput) =>
      client.send(new sdk.SendMessageBatchCommand(input), limit()),
    async receive(input: ReceiveMessageCommandInput, stopping: AbortSignal) {
      const ms = (input.WaitTimeSeconds ?? 0) * 1000 + RECEIVE_GRACE_MS
      const abortSignal = AbortSignal.any([stopping, AbortSignal.timeout(ms)])
      return (await client.send(new sdk.ReceiveMessageCommand(input), { abortSignal })).Messages ?? []
    },
    hide: (input: ChangeMessageVisibilityCommandInput) =>
      client.send(new sdk.ChangeMessageVisibilityCommand(input), limit()),
    delete: (input: DeleteMessageCommandInput) => client.send(new sdk.DeleteMessageCommand(input), limit()),
    deleteBatch: (input: DeleteMessageBatchCommandInput) =>
      client.send(new sdk.DeleteMessageBatchCommand(input), limit()),
    close: () => client.destroy(),
  }
}

/** What the clients of SQS and SNS have in common. */
export function messagingSettings(options: AwsClientOptions) {
  return { ...givenOptions(options), requestHandler: { connectionTimeout: CONNECTION_MS } }
}
