import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '../../log.ts'
import type { AmqpChannel, AmqpConnection } from './amqp.ts'

/** How long to wait after a failure before a channel is opened again, in milliseconds. */
const RETRY_MS = 200

export interface LastingChannelOptions {
  connection: AmqpConnection
  /** Prepares each channel that is opened. */
  prepare(channel: AmqpChannel): Promise<void>
  log: Logger
}

/** A channel that is opened and prepared again whenever it is lost. */
export class LastingChannel {
  /** Resolves when the first channel is ready, or could not be opened. */
  readonly tried: Promise<void>
  readonly #options: LastingChannelOptions
  #current: AmqpChannel | undefined
  #isClosed = false

  constructor(options: LastingChannelOptions) {
    this.#options = options
    const { promise: tried, resolve } = Promise.withResolvers<void>()
    this.tried = tried
    void this.#keepOpen(resolve)
  }

  /** Undefined while there is none that is ready. */
  get current(): AmqpChannel | undefined {
    return this.#current?.active ? this.#current : undefined
  }

  /** Opens no channel any more; closes the current one after what was sent over it. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#current?.close()
  }

  async #keepOpen(onTried: () => void): Promise<void> {
    let failures = 0
    const onReady = () => {
      failures = 0
      onTried()
    }
    while (!this.#isClosed) {
      try {
        await this.#openOnce(onReady)
      } catch (error) {
        // Told once, however long the broker is away.
        if (!this.#isClosed && failures++ === 0)
          this.#options.log.warn({ err: error }, 'no channel to RabbitMQ can be opened')
      }
      onTried()
      if (!this.#isClosed) await wait(RETRY_MS, undefined, { ref: false })
    }
  }

  /** Resolves when the channel has closed. */
  async #openOnce(onReady: () => void): Promise<void> {
    const { connection, prepare, log } = this.#options
    const channel = await connection.acquire({ emitErrorsFromChannel: true })
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    channel.on('close', resolve)
    channel.on('error', error => log.warn({ err: error }, 'RabbitMQ closed a channel'))
    // The queue was deleted: a new channel declares it again.
    channel.on('basic.cancel', () => void channel.close())
    try {
      await prepare(channel)
      this.#current = channel
      onReady()
    } catch (error) {
      await channel.close()
      throw error
    }
    if (this.#isClosed) await channel.close()
    await closed
  }
}
