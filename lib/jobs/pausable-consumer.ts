import type { Handler, Queue, QueueConsumer } from '../queue.ts'

/**
 * A consumer that can be paused: then it has none of the queue. After a pause the free slots receive at once, and those
 * whose message was still handled as soon as all of them are done.
 */
export class PausableConsumer {
  readonly #queue: Queue<'convert'>
  readonly #handle: Handler
  readonly #slots: number
  readonly #consumers = new Set<QueueConsumer>()
  readonly #stopping = new Set<Promise<void>>()
  #handling = 0
  #isStopped = false
  /** Consumers are made and stopped one after the other. */
  #last: Promise<void> = Promise.resolve()
  #isPaused = false

  constructor(queue: Queue<'convert'>, handle: Handler, slots: number) {
    this.#queue = queue
    this.#slots = slots
    this.#handle = async delivery => {
      this.#handling++
      try {
        await handle(delivery)
      } finally {
        this.#handling--
      }
    }
  }

  /** @throws as of `Queue.consume` */
  async start(isPaused = false): Promise<void> {
    this.#isPaused = isPaused
    if (isPaused) return
    this.#consumers.add(await this.#queue.consume('convert', this.#handle, { slots: this.#slots }))
  }

  wake(): void {
    for (const consumer of this.#consumers) consumer.wake()
  }

  pause(): void {
    if (this.#isPaused) return
    this.#isPaused = true
    this.#then(async () => this.#stopAll())
  }

  resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    this.#then(() => this.#receiveAgain())
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
    for (const consumer of this.#consumers) {
      const stopping = consumer.stop().finally(() => this.#stopping.delete(stopping))
      this.#stopping.add(stopping)
    }
    this.#consumers.clear()
  }

  async #receiveAgain(): Promise<void> {
    const ending = [...this.#stopping]
    const free = this.#slots - this.#handling
    if (free > 0) await this.#receive(free)
    const rest = this.#slots - free
    if (rest > 0) void Promise.all(ending).then(() => this.#then(() => this.#receive(rest)))
  }

  async #receive(slots: number): Promise<void> {
    if (this.#isPaused || this.#isStopped) return
    this.#consumers.add(await this.#queue.consume('convert', this.#handle, { slots }))
  }
}
