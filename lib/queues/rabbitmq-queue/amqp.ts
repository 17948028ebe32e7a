/** What the adapter uses of `rabbitmq-client`, which is installed only where QUEUE asks for it. */

export interface AmqpMessage {
  consumerTag: string
  deliveryTag: number
  /** A Buffer, or what the client made of it by the content type. */
  body: unknown
}

interface AmqpEnvelope {
  exchange: string
  routingKey: string
  messageId: string
  durable: boolean
  /** A message that no queue takes comes back by the event `basic.return`. */
  mandatory: boolean
}

type Arguments = Record<string, string | number>

/** A channel of a connection; every call rejects when the channel is closed. */
export interface AmqpChannel {
  readonly active: boolean
  on(event: 'close', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'basic.cancel', listener: (consumerTag: string) => void): unknown
  on(event: 'basic.return', listener: (message: { messageId?: string }) => void): unknown
  confirmSelect(): Promise<void>
  basicPublish(envelope: AmqpEnvelope, body: Buffer): Promise<void>
  basicQos(params: { prefetchCount: number }): Promise<void>
  basicConsume(
    params: { queue: string; consumerTag: string },
    onMessage: (message: AmqpMessage) => void,
  ): Promise<unknown>
  basicCancel(consumerTag: string): Promise<unknown>
  basicAck(params: { deliveryTag: number }): void
  basicNack(params: { deliveryTag: number; requeue: boolean }): void
  queueDeclare(params: {
    queue: string
    durable?: boolean
    passive?: boolean
    arguments?: Arguments
  }): Promise<{ messageCount: number }>
  queueBind(params: { queue: string; exchange: string; routingKey: string }): Promise<void>
  exchangeDeclare(params: { exchange: string; type: string; durable: boolean }): Promise<void>
  exchangeBind(params: { source: string; destination: string; routingKey: string }): Promise<void>
  close(): Promise<void>
}

/** A connection that is made again whenever it is lost. */
export interface AmqpConnection {
  on(event: 'error', listener: (error: Error) => void): unknown
  /** Waits for the connection where there is none, at most `acquireTimeout`. */
  acquire(options: { emitErrorsFromChannel: boolean }): Promise<AmqpChannel>
  /** Waits until all channels are closed. */
  close(): Promise<void>
  unsafeDestroy(): void
}

/** Times are in milliseconds. */
interface AmqpConnectionOptions {
  url: string
  tls?: { servername: string }
  connectionName: string
  acquireTimeout: number
  connectionTimeout: number
  retryLow: number
  retryHigh: number
  /** Unset, a call that follows an acknowledgement waits for 40 ms, until the broker's system says that it has that. */
  noDelay: true
}

export interface AmqpPackage {
  Connection: new (options: AmqpConnectionOptions) => AmqpConnection
}

/** Of a variable, so that the types need no package. */
const PACKAGE: string = 'rabbitmq-client'

/** @throws Error when the package is not installed */
export async function loadAmqpPackage(): Promise<AmqpPackage> {
  return import(PACKAGE)
}
