import type { PublishCommandInput, SubscribeCommandInput } from '@aws-sdk/client-sns'
import type { AwsClientOptions } from './client-options.ts'
import { messagingSettings } from './sqs-client.ts'

/** The calls on SNS that are used. */
export type SnsClient = Awaited<ReturnType<typeof openSnsClient>>

/** How long a call may take, with its repetitions. */
const CALL_MS = 4_000
const TRIES = 2

/** Opens no connection yet. @throws Error when the package is not installed */
export async function openSnsClient(options: AwsClientOptions) {
  const sdk = await import('@aws-sdk/client-sns')
  const client = new sdk.SNSClient({ ...messagingSettings(options), maxAttempts: TRIES })
  const limit = () => ({ abortSignal: AbortSignal.timeout(CALL_MS) })
  return {
    /** Finds the topic of that name, or creates it. */
    createTopic: async (Name: string) =>
      (await client.send(new sdk.CreateTopicCommand({ Name }), limit())).TopicArn,
    listTopics: (NextToken?: string) =>
      client.send(new sdk.ListTopicsCommand({ ...(NextToken && { NextToken }) }), limit()),
    publish: (input: PublishCommandInput) => client.send(new sdk.PublishCommand(input), limit()),
    subscribe: async (input: SubscribeCommandInput) =>
      (await client.send(new sdk.SubscribeCommand({ ...input, ReturnSubscriptionArn: true }), limit()))
        .SubscriptionArn,
    unsubscribe: (SubscriptionArn: string) =>
      client.send(new sdk.UnsubscribeCommand({ SubscriptionArn }), limit()),
    close: () => client.destroy(),
  }
}
