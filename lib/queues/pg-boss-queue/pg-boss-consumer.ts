import type { PostgresDatabase } from '../../postgres/database.ts'
import { preparedExecutor } from '../../postgres/prepared-executor.ts'
import { transaction } from '../../postgres/transaction.ts'
import type { Handler, MessageBody, QueueConsumeOptions, QueueConsumer, QueueName } from '../../queue.ts'
import { type FetchedMessage, UnacknowledgedMessages } from './unacknowledged-messages.ts'
import { createWakeSignal } from './wake-signal.ts'

export interface ConsumerOptions
  extends QueueConsumeOptions,
    Pick<PostgresDatabase, 'pool' | 'queuePool' | 'boss' | 'log'> {
  name: QueueName
  /** How often an idle slot looks for messages, in seconds. */
  pollSeconds: number
}

/** Handles up to `slots` messages at the same time: at once after `wake`, otherwise at the next poll. */
export class PgBossConsumer implements QueueConsumer {
  readonly #options: ConsumerOptions
  readonly #handle: Handler
  readonly #wakeSignal = createWakeSignal()
  readonly #messages: UnacknowledgedMessages
  readonly #slots: Promise<void>[]
  #isStopping = false

  constructor(options: ConsumerOptions, handle: Handler) {
    this.#options = options
    this.#handle = handle
    this.#messages = new UnacknowledgedMessages({ ...options, onGroupFree: () => this.wake() })
    this.#slots = Array.from({ length: options.slots }, () => this.#runSlot())
  }

  wake(): void {
    this.#wakeSignal.wake()
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    this.wake()
    await Promise.all(this.#slots)
    await this.#messages.close()
  }

  async #runSlot(): Promise<void> {
    while (!this.#isStopping) {
      // Subscribe before the fetch, so that a wake-up in between is not missed.
      const woken = this.#wakeSignal.next()
      const fetched = await this.#fetch()
      if (fetched && this.#isStopping) return this.#messages.putBack(fetched)
      const isHandled = fetched !== undefined && (await this.#deliver(fetched))
      // Not at once after a failure, either: the next message may share its cause.
      if (!isHandled && !this.#isStopping)
        await this.#wakeSignal.wait(woken, this.#options.pollSeconds * 1000)
    }
  }

  /** Undefined where none waits or the database is down. */
  async #fetch(): Promise<FetchedMessage | undefined> {
    try {
      const fetched = await fetchNext(this.#options)
      if (fetched) this.#messages.add(fetched)
      return fetched
    } catch (error) {
      this.#options.log.warn({ err: error }, 'no message could be fetched; the next look follows')
      return undefined
    }
  }

  /** Returns whether the handler resolved. */
  async #deliver(fetched: FetchedMessage): Promise<boolean> {
    const { id, data: body, groupId } = fetched
    const message = { id, body, ...(groupId && { group: groupId }) }
    try {
      await this.#handle({ message, acknowledge: () => this.#messages.acknowledge(fetched) })
      this.#messages.acknowledge(fetched)
      return true
    } catch (error) {
      this.#options.log.warn({ err: error, message: id }, 'the handler of a message failed')
      await this.#messages.putBack(fetched)
      return false
    }
  }
}

/** The next message whose group has a place. Places are counted under a lock, or two fetches could take the last one. */
async function fetchNext({
  name,
  boss,
  pool,
  queuePool,
  groupSlots,
}: ConsumerOptions): Promise<FetchedMessage | undefined> {
  if (groupSlots === undefined)
    return (await boss.fetch<MessageBody>(name, { db: preparedExecutor(queuePool) }))[0]
  return transaction(pool, async client => {
    await client.query(
      "SELECT pg_advisory_xact_lock(hashtext($1)), set_config('synchronous_commit', 'off', true)",
      [`fetch ${name}`],
    )
    const db = preparedExecutor(client)
    return (await boss.fetch<MessageBody>(name, { db, groupConcurrency: groupSlots }))[0]
  })
}
