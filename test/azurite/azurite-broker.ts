import { type AzureQueueClient, loadAzurePackage } from '#lib/queues/azure-queue/azure-package.ts'
import type { Azurite } from '../azurite.ts'
import type { TestBroker } from '../back-end.ts'

/** The service delivers and shows no more messages in one call. */
const MOST_IN_A_CALL = 32
const AT_ONCE = { messageTimeToLive: -1, visibilityTimeout: 0 }

/** The client of the package, with what the product does not use. */
export type AzureTestClient = AzureQueueClient & {
  delete(): Promise<unknown>
  peekMessages(options?: {
    numberOfMessages: number
  }): Promise<{ peekedMessageItems: { messageText: string; expiresOn: Date }[] }>
}

export async function openAzureClient(
  { connectionString }: Azurite,
  queue: string,
): Promise<AzureTestClient> {
  const { QueueClient } = await loadAzurePackage()
  return new QueueClient(connectionString, queue, { retryOptions: { maxTries: 1 } }) as AzureTestClient
}

export async function openAzuriteBroker(azurite: Azurite, queue: string): Promise<TestBroker> {
  const jobs = await openAzureClient(azurite, queue)
  const poison = await openAzureClient(azurite, `${queue}-poison`)
  const textsIn = async (client: AzureTestClient) => {
    const { peekedMessageItems } = await client.peekMessages({ numberOfMessages: MOST_IN_A_CALL })
    return peekedMessageItems.map(({ messageText }) => messageText)
  }
  return {
    stop: () => azurite.stop(),
    start: () => azurite.start(),
    put: async text => void (await jobs.sendMessage(text, AT_ONCE)),
    async doubleWaiting() {
      const texts = await textsIn(jobs)
      for (const text of texts) await jobs.sendMessage(text, AT_ONCE)
      return texts.length
    },
    count: async () => (await jobs.getProperties()).approximateMessagesCount ?? 0,
    putAside: () => textsIn(poison),
  }
}
