import { isIP } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '../../log.ts'
import { type AmqpConnection, type AmqpPackage, loadAmqpPackage } from './amqp.ts'

/** How long a call waits for a connection, and the longest pause between two tries to connect, in milliseconds. */
const CONNECT_MS = 5_000
const FIRST_RETRY_MS = 200
/** How long an open connection may take to close. */
const CLOSE_MS = 5_000

/** By these the broker refuses a user, a password or a virtual host. */
const REFUSALS = ['ACCESS_REFUSED', 'NOT_ALLOWED']

/** A process's connections to one broker, each of which is made again when it is lost. */
export class BrokerConnections {
  readonly #package: AmqpPackage
  readonly #url: string
  readonly #log: Logger
  readonly #open: AmqpConnection[] = []
  readonly #firstError = Promise.withResolvers<Error>()

  private constructor(amqp: AmqpPackage, url: string, log: Logger) {
    this.#package = amqp
    this.#url = url
    this.#log = log
  }

  static async load(url: string, log: Logger): Promise<BrokerConnections> {
    return new BrokerConnections(await loadAmqpPackage(), url, log)
  }

  /** `connectionName` is what the broker's own pages show. */
  connect(connectionName: string): AmqpConnection {
    const { hostname, protocol } = new URL(this.#url)
    // Hosts of many brokers choose one by the name, which the client does not send by itself.
    const tls = protocol === 'amqps:' && !isIP(hostname) ? { tls: { servername: hostname } } : {}
    const connection = new this.#package.Connection({
      ...{ url: this.#url, ...tls, connectionName, noDelay: true },
      ...{ acquireTimeout: CONNECT_MS, connectionTimeout: CONNECT_MS },
      ...{ retryLow: FIRST_RETRY_MS, retryHigh: CONNECT_MS },
    })
    connection.on('error', error => {
      this.#firstError.resolve(error)
      this.#log.warn({ err: error }, 'the connection to RabbitMQ is lost')
    })
    this.#open.push(connection)
    return connection
  }

  /** Why the broker takes nobody by this URL; undefined when `ready` is first, or when it is only away. */
  async refusal(ready: Promise<void>): Promise<string | undefined> {
    const error = await Promise.race([ready, this.#firstError.promise])
    return error && 'code' in error && REFUSALS.includes(String(error.code)) ? error.message : undefined
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#open.map(closeConnection))
  }
}

/** Ends the connection after its last messages, or at once where the broker does not answer. */
export async function closeConnection(connection: AmqpConnection): Promise<void> {
  const late = new AbortController()
  const closed = connection.close().finally(() => late.abort())
  await Promise.race([closed, wait(CLOSE_MS, undefined, { signal: late.signal }).catch(() => {})])
  connection.unsafeDestroy()
}
