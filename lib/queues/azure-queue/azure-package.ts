/** What the adapter uses of `@azure/storage-queue`, which is installed only where QUEUE asks for it. */

/** A message as the service delivers it. */
export interface ReceivedItem {
  messageId: string
  popReceipt: string
  messageText: string
  /** How often it was delivered, this time included. */
  dequeueCount: number
}

interface CallOptions {
  abortSignal?: AbortSignal
}

/** One queue of a storage account. Times are in seconds. */
export interface AzureQueueClient {
  readonly name: string
  exists(options?: CallOptions): Promise<boolean>
  createIfNotExists(options?: CallOptions): Promise<unknown>
  sendMessage(
    text: string,
    options: CallOptions & { messageTimeToLive: number; visibilityTimeout: number },
  ): Promise<unknown>
  receiveMessages(
    options: CallOptions & { numberOfMessages: number; visibilityTimeout: number },
  ): Promise<{ receivedMessageItems: ReceivedItem[] }>
  updateMessage(
    id: string,
    popReceipt: string,
    text: string | undefined,
    visibilityTimeout: number,
    options?: CallOptions,
  ): Promise<{ popReceipt?: string }>
  deleteMessage(id: string, popReceipt: string, options?: CallOptions): Promise<unknown>
  getProperties(options?: CallOptions): Promise<{ approximateMessagesCount?: number }>
}

interface AzurePackage {
  QueueClient: new (
    connectionString: string,
    queueName: string,
    options: { retryOptions: { maxTries: number } },
  ) => AzureQueueClient
}

/** Of a variable, so that the types need no package. */
const PACKAGE: string = '@azure/storage-queue'

/** @throws Error when the package is not installed */
export async function loadAzurePackage(): Promise<AzurePackage> {
  return import(PACKAGE)
}
