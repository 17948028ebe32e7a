import { isMissingResource } from '../../../aws/service-error.ts'
import type { SqsClient, SqsMessage } from '../../../aws/sqs-client.ts'
import type { EventSubscription, JobEvent } from '../../../jobs.ts'
import type { Logger } from '../../../log.ts'
import type { Clock } from '../../clock.ts'
import { EventOrder } from './event-order.ts'
import { type NodeQueue, RETENTION_S } from './node-queue.ts'
import type { NodeReaper } from './node-reaper.ts'

const MOST_RECEIVED = 10
/** Beside what the service keeps, for its own delays. */
const LONGEST_SILENCE_MS = (RETENTION_S - 15) * 1000
const HEARTBEAT_MS = 60_000
const REAP_MS = 5 * 60_000
/** The pause after a receive that failed. */
const PAUSE_MS = 500

export interface EventReceiverOptions {
  queue: NodeQueue
  reaper: NodeReaper
  sqs: SqsClient
  clock: Clock
  log: Logger
  waitSeconds: number
}

interface Subscriber {
  onEvent(event: JobEvent): void
  onGap(): void
}

/** Receives the events of this process from its queue, from the first subscription on, and tells all subscribers. */
export class EventReceiver {
  readonly #options: EventReceiverOptions
  readonly #subscribers = new Set<Subscriber>()
  readonly #order: EventOrder
  readonly #stopping = new AbortController()
  readonly #deleting = new Set<Promise<unknown>>()
  #opening: Promise<void> | undefined
  #receiving: Promise<void> | undefined
  #timers: (() => void)[] = []
  #isAway = false
  #answeredAt = 0

  constructor(options: EventReceiverOptions) {
    this.#options = options
    this.#order = new EventOrder(options.clock)
  }

  /** Resolves when events are received, or are awaited from a service that is away. */
  async subscribe(subscriber: Subscriber): Promise<EventSubscription> {
    this.#opening ??= this.#open()
    await this.#opening
    this.#subscribers.add(subscriber)
    return { stop: async () => void this.#subscribers.delete(subscriber) }
  }

  /** Removes the process's queue. */
  async close(): Promise<void> {
    const { queue, log } = this.#options
    this.#subscribers.clear()
    for (const stop of this.#timers) stop()
    this.#stopping.abort()
    await this.#opening
    await this.#receiving
    await Promise.all(this.#deleting)
    await queue
      .remove()
      .catch(error => log.warn({ err: error }, 'the queue of this process is left to others'))
  }

  async #open(): Promise<void> {
    const { queue, reaper, clock, log } = this.#options
    this.#answeredAt = clock.now()
    try {
      await queue.url()
    } catch (error) {
      this.#failed(error)
    }
    const beat = () =>
      queue.beat().catch(error => log.warn({ err: error }, 'this process could not say that it lives'))
    this.#timers = [
      clock.every(HEARTBEAT_MS, () => void beat()),
      clock.every(REAP_MS, () => void reaper.reap()),
    ]
    void reaper.reap()
    this.#receiving = this.#receiveAll()
  }

  async #receiveAll(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#receive()
      } catch (error) {
        if (this.#stopping.signal.aborted) return
        this.#failed(error)
        await this.#pause()
      }
    }
  }

  async #receive(): Promise<void> {
    const { queue, sqs, waitSeconds } = this.#options
    const QueueUrl = await queue.url()
    // After an outage the queue may hold events, or be new: the first answer says at once that it is there.
    const WaitTimeSeconds = this.#isAway ? 0 : waitSeconds
    const wanted = { QueueUrl, WaitTimeSeconds, MaxNumberOfMessages: MOST_RECEIVED }
    const messages = await sqs.receive(wanted, this.#stopping.signal)
    this.#answered()
    for (const message of messages) this.#tell(message)
    if (messages.length > 0) this.#delete(QueueUrl, messages)
  }

  /** Notices what was missed: while the service was away, or while this process did not run and events ran out. */
  #answered(): void {
    const { clock, log } = this.#options
    const isLate = clock.now() - this.#answeredAt > LONGEST_SILENCE_MS
    this.#answeredAt = clock.now()
    if (this.#isAway) log.info('the events are received again')
    if (!this.#isAway && !isLate) return
    this.#isAway = false
    for (const { onGap } of [...this.#subscribers]) onGap()
  }

  #failed(error: unknown): void {
    const { queue, log } = this.#options
    if (isMissingResource(error)) queue.forget()
    if (!this.#isAway) log.warn({ err: error }, 'no events are received; the service is asked again')
    this.#isAway = true
  }

  #tell({ Body = '' }: SqsMessage): void {
    for (const event of eventsOf(Body, this.#options.log))
      if (this.#order.isNews(event)) for (const { onEvent } of [...this.#subscribers]) onEvent(event)
  }

  /** Nobody waits for it: what is not deleted comes again, and is no news. */
  #delete(QueueUrl: string, messages: readonly SqsMessage[]): void {
    const Entries = messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }))
    const deleting = this.#options.sqs.deleteBatch({ QueueUrl, Entries }).then(
      () => {},
      () => {},
    )
    this.#deleting.add(deleting)
    void deleting.then(() => this.#deleting.delete(deleting))
  }

  async #pause(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.#options.clock.after(PAUSE_MS, resolve)
    this.#stopping.signal.addEventListener('abort', () => resolve(), { once: true })
    await promise
    cancel()
  }
}

function eventsOf(text: string, log: Logger): JobEvent[] {
  try {
    return JSON.parse(text) as JobEvent[]
  } catch (error) {
    log.warn({ err: error }, 'a message of the topic cannot be read')
    return []
  }
}
