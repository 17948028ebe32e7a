import type { Clock } from '../../jobs/clock.ts'
import type { Logger } from '../../log.ts'
import { type AccountQueue, isLost, type Receipt, VISIBILITY_S } from './account-queue.ts'

const RENEW_MS = (VISIBILITY_S * 1000) / 3
/** Waits before the tries to end a message. Where all fail it is delivered again, as after a crash. */
const END_WAITS_MS = [0, 500, 2_000]

export interface HoldOptions {
  queue: AccountQueue
  clock: Clock
  log: Logger
}

/** A delivered message, which stays hidden from other receivers until it is ended. */
export class HeldMessage {
  readonly #options: HoldOptions
  readonly #stopRenewing: () => void
  #receipt: Receipt
  /** The calls on a message follow each other, because each needs the receipt of the one before. */
  #calls: Promise<void> = Promise.resolve()
  #isEnding = false
  #isLost = false

  constructor(receipt: Receipt, options: HoldOptions) {
    this.#receipt = receipt
    this.#options = options
    this.#stopRenewing = options.clock.every(RENEW_MS, () => this.#renew())
  }

  /** Deletes the message, unless it is ended already. Never rejects. */
  delete(): Promise<void> {
    return this.#end(() => this.#options.queue.delete(this.#receipt))
  }

  /** Lets the message be delivered again after `seconds`, unless it is ended already. Never rejects. */
  giveBack(seconds: number): Promise<void> {
    return this.#end(() => this.#options.queue.hide(this.#receipt, seconds))
  }

  #renew(): void {
    void this.#follow(async () => {
      if (!this.#isEnding) this.#receipt = await this.#options.queue.hide(this.#receipt, VISIBILITY_S)
    })
  }

  #end(call: () => Promise<unknown>): Promise<void> {
    if (this.#isEnding) return this.#calls
    this.#isEnding = true
    this.#stopRenewing()
    return this.#follow(() => this.#repeat(call))
  }

  async #repeat(call: () => Promise<unknown>): Promise<void> {
    const { clock } = this.#options
    let failure: unknown
    for (const ms of END_WAITS_MS) {
      if (ms > 0) await new Promise<void>(resolve => clock.after(ms, resolve))
      try {
        await call()
        return
      } catch (error) {
        if (isLost(error)) throw error
        failure = error
      }
    }
    throw failure
  }

  #follow(call: () => Promise<void>): Promise<void> {
    this.#calls = this.#calls.then(async () => {
      if (this.#isLost) return
      try {
        await call()
      } catch (error) {
        this.#isLost = isLost(error)
        if (this.#isLost) this.#stopRenewing()
        this.#options.log.warn({ err: error }, 'a message may be delivered a second time')
      }
    })
    return this.#calls
  }
}
