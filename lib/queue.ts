/**
 * The contract of a message queue. It knows nothing of jobs: a body is plain data, and what a message means is its
 * handler's concern. Messages are durable and delivered at least once, so a handler must tolerate a second delivery.
 */

/** The queues of Nightshift: jobs, what maintenance does by messages, and what webhooks are told. */
export type QueueName = 'convert' | 'maintain' | 'webhook'

/** Plain data without secrets: a broker may keep and show it. */
export type MessageBody = Readonly<Record<string, string | number | boolean | null>>

export interface QueueMessage<B extends MessageBody = MessageBody> {
  /** A UUID. Whoever sends the same message twice uses the same id. */
  id: string
  body: B
  /** The earliest delivery; null or unset: at once. */
  runAt?: Date | null | undefined
  /** Messages of one group share the slots that a consumer leaves to a group. */
  group?: string | undefined
  /** A whole number. Messages of a higher priority come first, where the queue keeps an order; unset: 0. */
  priority?: number | undefined
}

/** One message on its way to a handler. */
export interface Delivery {
  readonly message: QueueMessage
  /**
   * Ends the message: it is not delivered again, unless the queue crashes before it has recorded that. A handler calls
   * it as soon as the message's work is recorded elsewhere.
   */
  acknowledge(): void
}

/**
 * Handles one message. When it resolves, the message is acknowledged; when it rejects before the acknowledgement, the
 * message is delivered again later.
 */
export type Handler = (delivery: Delivery) => Promise<void>

export interface QueueConsumeOptions {
  /** How many messages are handled at the same time. */
  slots: number
  /**
   * How many unacknowledged messages of one group there may be over all consumers; unset: as many as slots. Not every
   * queue can limit them.
   */
  groupSlots?: number | undefined
}

export interface QueueConsumer {
  /** Looks for messages now. A queue that pushes its messages needs no such hint. */
  wake(): void
  /** Receives no more messages, and waits for running handlers and acknowledgements. */
  stop(): Promise<void>
}

/** How many messages wait for delivery. `exact` is false where the queue only estimates. */
export interface QueueDepth {
  waiting: number
  exact: boolean
}

/** A message that is sent by the clock. */
export interface Schedule<N extends QueueName = QueueName> {
  name: N
  /** Identifies the schedule within its queue; an existing one is replaced. */
  key: string
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: string
  /** An IANA name such as `Europe/Berlin`. */
  timeZone: string
  body: MessageBody
}

/** `N` are the queues that it has. */
export interface Queue<N extends QueueName = QueueName> {
  /**
   * Whether messages are delivered by their priority, and those of one priority in the order of their sending; without
   * regard to those with `runAt` and `group`.
   */
  readonly keepsOrder: boolean
  /** Resolves when all messages are durable. @throws when some may not be; those may be sent again. */
  send(name: N, messages: readonly QueueMessage[]): Promise<void>
  /** Removes messages that nobody needs, where the queue can; elsewhere they are delivered. */
  discard(name: N, ids: readonly string[]): Promise<void>
  /**
   * Of `maintain` one message is handled at a time over all consumers, where the queue can ensure that; elsewhere one in
   * each slot.
   * @throws Error for `groupSlots` where the queue cannot limit groups
   */
  consume(name: N, handle: Handler, options: QueueConsumeOptions): Promise<QueueConsumer>
  depth(name: N): Promise<QueueDepth>
  /**
   * A queue without schedules of its own sends from each process that made the schedule, while that runs; those messages
   * have one id for each time.
   * @throws Error for a cron expression or time zone that cannot be read
   */
  schedule(schedule: Schedule<N>): Promise<void>
  unschedule(name: N, key: string): Promise<void>
  /** Closes all connections. */
  close(): Promise<void>
}
