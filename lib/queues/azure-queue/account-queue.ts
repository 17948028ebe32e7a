import type { AzureQueueClient, ReceivedItem } from './azure-package.ts'

/** The client's own limit for a try reaches the service alone; without this one a silent connection is awaited forever. */
const CALL_MS = 4_000

/** How long a message stays hidden from others without a sign of its receiver. */
export const VISIBILITY_S = 15

/** The longest time for which the service hides a message. */
const LONGEST_HIDE_S = 7 * 86_400

/** The service delivers no more messages in one call. */
const MOST_RECEIVED = 32

/** Where the service is told otherwise, a message expires after seven days. */
const NEVER = -1

/** Who may change a delivered message: its id and the receipt of its latest delivery or change. */
export interface Receipt {
  messageId: string
  popReceipt: string
}

/** The calls on one queue of a storage account. Each has a time limit and creates the queue where it is missing. */
export class AccountQueue {
  readonly #client: AzureQueueClient
  #created: Promise<void> | undefined

  constructor(client: AzureQueueClient) {
    this.#client = client
  }

  /** @throws RestError when the service cannot be reached or refuses */
  async create(): Promise<void> {
    this.#created ??= this.#createUnlessThere()
    try {
      await this.#created
    } catch (error) {
      this.#created = undefined
      throw error
    }
  }

  /** Sends a message that is first delivered after `seconds`, as far as the service lets it wait. */
  async send(text: string, seconds = 0): Promise<void> {
    await this.#call(abortSignal =>
      this.#client.sendMessage(text, {
        abortSignal,
        messageTimeToLive: NEVER,
        visibilityTimeout: hideable(seconds),
      }),
    )
  }

  async receive(count: number): Promise<ReceivedItem[]> {
    const { receivedMessageItems } = await this.#call(abortSignal =>
      this.#client.receiveMessages({
        abortSignal,
        numberOfMessages: Math.min(count, MOST_RECEIVED),
        visibilityTimeout: VISIBILITY_S,
      }),
    )
    return receivedMessageItems
  }

  /** Hides a delivered message from everybody, its receiver too, from now on. Returns its new receipt. */
  async hide({ messageId, popReceipt }: Receipt, seconds: number): Promise<Receipt> {
    const changed = await this.#call(abortSignal =>
      this.#client.updateMessage(messageId, popReceipt, undefined, hideable(seconds), { abortSignal }),
    )
    return { messageId, popReceipt: changed.popReceipt ?? popReceipt }
  }

  async delete({ messageId, popReceipt }: Receipt): Promise<void> {
    await this.#call(abortSignal => this.#client.deleteMessage(messageId, popReceipt, { abortSignal }))
  }

  /** An estimate, which counts hidden messages too. */
  async count(): Promise<number> {
    const { approximateMessagesCount } = await this.#call(abortSignal =>
      this.#client.getProperties({ abortSignal }),
    )
    return approximateMessagesCount ?? 0
  }

  async #call<T>(call: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    await this.create()
    try {
      return await call(AbortSignal.timeout(CALL_MS))
    } catch (error) {
      if (codeOf(error) !== 'QueueNotFound') throw error
      this.#created = undefined
      await this.create()
      return call(AbortSignal.timeout(CALL_MS))
    }
  }

  /** Asks first, because a connection string may allow everything but creating. */
  async #createUnlessThere(): Promise<void> {
    const abortSignal = AbortSignal.timeout(CALL_MS)
    if (!(await this.#client.exists({ abortSignal }))) await this.#client.createIfNotExists({ abortSignal })
  }
}

/** Whether the message was delivered to another receiver, or deleted. */
export function isLost(error: unknown): boolean {
  return ['PopReceiptMismatch', 'MessageNotFound'].includes(codeOf(error) ?? '')
}

/** Whether the service was reached and refuses. */
export function isRefusal(error: unknown): boolean {
  const { statusCode } = error as { statusCode?: unknown }
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
}

function codeOf(error: unknown): string | undefined {
  const { code, details } = error as { code?: string; details?: { errorCode?: string } }
  return details?.errorCode ?? code
}

function hideable(seconds: number): number {
  return Math.min(Math.max(0, Math.ceil(seconds)), LONGEST_HIDE_S)
}
