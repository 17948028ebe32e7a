import type { Job as BossJob } from 'pg-boss'
import type { PostgresDatabase } from '../../postgres/database.ts'
import { preparedExecutor } from '../../postgres/prepared-executor.ts'
import type { MessageBody, QueueName } from '../../queue.ts'
import { HEARTBEAT_S } from './queue-options.ts'

export type FetchedMessage = BossJob<MessageBody>

export interface UnacknowledgedOptions extends Pick<PostgresDatabase, 'queuePool' | 'boss' | 'log'> {
  name: QueueName
  /** Called when the place of a message in its group is free. */
  onGroupFree(): void
}

/** The messages that a consumer has fetched, until they are acknowledged or put back. */
export class UnacknowledgedMessages {
  readonly #options: UnacknowledgedOptions
  readonly #messages = new Set<FetchedMessage>()
  readonly #completions = new Set<Promise<unknown>>()
  readonly #keepingAlive: NodeJS.Timeout

  constructor(options: UnacknowledgedOptions) {
    this.#options = options
    this.#keepingAlive = setInterval(() => this.#keepAlive(), (HEARTBEAT_S * 1000) / 3)
  }

  add(message: FetchedMessage): void {
    this.#messages.add(message)
  }

  /** Completes the message in the background: its work is done, and a second delivery is harmless. */
  acknowledge(message: FetchedMessage): void {
    if (!this.#messages.delete(message)) return
    const { boss, queuePool, name, log, onGroupFree } = this.#options
    const completion = boss
      .complete(name, message.id, null, { db: preparedExecutor(queuePool) })
      .then(() => message.groupId && onGroupFree())
      .catch(error => log.warn({ err: error }, 'a message was not completed; it is delivered again'))
      .finally(() => this.#completions.delete(completion))
    this.#completions.add(completion)
  }

  /** Lets the message be delivered again, a second later. */
  async putBack(message: FetchedMessage): Promise<void> {
    if (!this.#messages.delete(message)) return
    const { boss, name, log } = this.#options
    await boss
      .fail(name, message)
      .catch(error => log.warn({ err: error }, 'a message was not put back; its heartbeat ends'))
  }

  /** Waits for the acknowledgements. */
  async close(): Promise<void> {
    clearInterval(this.#keepingAlive)
    await Promise.all(this.#completions)
  }

  /** pg-boss delivers a message again whose consumer gives no sign of life; only its own workers give one themselves. */
  #keepAlive(): void {
    if (this.#messages.size === 0) return
    const { boss, name, log } = this.#options
    boss
      .touch(name, [...this.#messages])
      .catch(error => log.debug({ err: error }, 'no sign of life could be given; the next one follows'))
  }
}
