import { isMissingResource } from '../../aws/service-error.ts'
import type { Clock } from '../../jobs/clock.ts'
import type { Logger } from '../../log.ts'
import { HIDDEN_S, type ServiceQueue } from './service-queue.ts'

const RENEW_MS = (HIDDEN_S * 1000) / 3
/** Waits before the tries to end a message. Where all fail it is delivered again, as after a crash. */
const END_WAITS_MS = [0, 500, 2_000]
/** Of a message that was delivered again, deleted, or received too long ago. */
const LOST = ['MessageNotInflight', 'ReceiptHandleIsInvalid', 'InvalidParameterValue']

export interface ReceivedOptions {
  queue: ServiceQueue
  clock: Clock
  log: Logger
}

/** A delivered message, which stays hidden from other receivers until it is ended. */
export class ReceivedMessage {
  readonly #receipt: string
  readonly #options: ReceivedOptions
  readonly #stopRenewing: () => void
  #renewing: Promise<void> = Promise.resolve()
  #ending: Promise<void> | undefined

  constructor(receipt: string, options: ReceivedOptions) {
    this.#receipt = receipt
    this.#options = options
    this.#stopRenewing = options.clock.every(RENEW_MS, () => {
      this.#renewing = this.#renew()
    })
  }

  /** Deletes the message, unless it is ended already. Never rejects. */
  delete(): Promise<void> {
    return this.#end(() => this.#options.queue.delete(this.#receipt))
  }

  /** Lets the message be delivered again after `seconds`, unless it is ended already. Never rejects. */
  giveBack(seconds: number): Promise<void> {
    return this.#end(() => this.#options.queue.hide(this.#receipt, seconds))
  }

  /** Deletes the message when `send` has resolved, else lets it be delivered again. Never rejects. */
  replace(send: () => Promise<void>): Promise<void> {
    let isSent = false
    return this.#end(async () => {
      if (!isSent) await send()
      isSent = true
      await this.#options.queue.delete(this.#receipt)
    })
  }

  async #renew(): Promise<void> {
    try {
      await this.#options.queue.hide(this.#receipt, HIDDEN_S)
    } catch (error) {
      if (isLost(error)) this.#stopRenewing()
      this.#options.log.warn({ err: error }, 'a message may be delivered a second time')
    }
  }

  #end(call: () => Promise<void>): Promise<void> {
    this.#ending ??= this.#endBy(call)
    return this.#ending
  }

  async #endBy(call: () => Promise<void>): Promise<void> {
    this.#stopRenewing()
    // A late renewal would hide what was given back.
    await this.#renewing
    const { clock, log } = this.#options
    let failure: unknown
    for (const ms of END_WAITS_MS) {
      if (ms > 0) await new Promise<void>(resolve => clock.after(ms, resolve))
      try {
        await call()
        return
      } catch (error) {
        failure = error
        if (isLost(error)) break
      }
    }
    log.warn({ err: failure }, 'a message may be delivered a second time')
  }
}

function isLost(error: unknown): boolean {
  return isMissingResource(error) || LOST.includes((error as Error).name)
}
