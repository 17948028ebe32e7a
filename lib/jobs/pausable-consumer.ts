import type { Delivery, Handler, Queue, QueueConsumer } from '../queue.ts'

/** A consumer of the queue with a part of the slots. */
interface SlotShare {
  slots: number
  /** How many messages it handles. */
  handling: number
  consumer: QueueConsumer | undefined
}

/**
 * A consumer that can be paused: then it has none of the queue. After a pause the free slots receive at once, and each
 * slot whose message was still handled as soon as it is free.
 */
export class PausableConsumer {
  readonly #queue: Queue<'convert'>
  readonly #handle: Handler
  readonly #slots: number
  readonly #receiving = new Set<SlotShare>()
  /** Those that receive no more, but still handle messages. */
  readonly #ending = new Set<SlotShare>()
  readonly #stopping = new Set<Promise<void>>()
  #isStopped = false
  #isPaused = false
  /** Consumers are made and stopped one after the other. */
  #last: Promise<void> = Promise.resolve()

  constructor(queue: Queue<'convert'>, handle: Handler, slots: number) {
    this.#queue = queue
    this.#handle = handle
    this.#slots = slots
  }

  /** @throws as of `Queue.consume` */
  async start(isPaused = false): Promise<void> {
    this.#isPaused = isPaused
    await this.#fill()
  }

  wake(): void {
    for (const { consumer } of this.#receiving) consumer?.wake()
  }

  pause(): void {
    if (this.#isPaused) return
    this.#isPaused = true
    this.#then(async () => this.#stopAll())
  }

  resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    this.#then(() => this.#fill())
  }

  /** Receives no more messages, and waits for running handlers and acknowledgements. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#last
    this.#stopAll()
    await Promise.all(this.#stopping)
  }

  /** Where the queue cannot be consumed, the next `resume` tries again. */
  #then(work: () => Promise<void>): void {
    this.#last = this.#last.then(work).catch(() => {
      this.#isPaused = true
    })
  }

  #stopAll(): void {
    for (const share of this.#receiving) {
      this.#ending.add(share)
      const stopping = (share.consumer?.stop() ?? Promise.resolve()).finally(() => {
        this.#ending.delete(share)
        this.#stopping.delete(stopping)
      })
      this.#stopping.add(stopping)
    }
    this.#receiving.clear()
  }

  /** Receives for the slots that neither receive nor handle a message. */
  async #fill(): Promise<void> {
    if (this.#isPaused || this.#isStopped) return
    const taken =
      [...this.#receiving].reduce((sum, { slots }) => sum + slots, 0) +
      [...this.#ending].reduce((sum, { handling }) => sum + handling, 0)
    const slots = this.#slots - taken
    if (slots <= 0) return
    const share: SlotShare = { slots, handling: 0, consumer: undefined }
    share.consumer = await this.#queue.consume('convert', one => this.#handleIn(share, one), { slots })
    this.#receiving.add(share)
  }

  async #handleIn(share: SlotShare, delivery: Delivery): Promise<void> {
    share.handling++
    try {
      await this.#handle(delivery)
    } finally {
      share.handling--
      if (this.#ending.has(share)) this.#then(() => this.#fill())
    }
  }
}
