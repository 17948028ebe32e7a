import { openAzuriteBroker } from './azurite/azurite-broker.ts'
import { openAzurite, WHY_NO_AZURITE } from './azurite.ts'
import { createDatabase } from './create-database.ts'
import { testBrokerOf } from './rabbitmq-broker/rabbitmq-test-broker.ts'
import { RabbitmqBroker } from './rabbitmq-broker.ts'

/** A choice of implementations that the end-to-end and fault suites run the product with. */
export interface BackEnd {
  name: string
  /** Whether messages go through a broker beside the database. */
  hasBroker: boolean
  open(): Promise<OpenBackEnd>
}

/** What an instance is started with, and what else the tests use of it. */
export interface OpenBackEnd {
  env: Record<string, string>
  broker?: TestBroker
  /** @throws AssertionError where a job lived against the model of its life */
  close(): Promise<void>
}

/** A broker that a test ends, starts again and writes into. */
export interface TestBroker {
  stop(): Promise<void>
  start(): Promise<void>
  /** Puts a text into the queue of jobs. */
  put(text: string): Promise<void>
  /** Puts a copy of every waiting message beside it. Returns how many there were. */
  doubleWaiting(): Promise<number>
  /** How many messages wait, on Azure hidden and delivered ones included. */
  count(): Promise<number>
  /** The texts that were put aside because they are no messages. */
  putAside(): Promise<string[]>
}

export const POSTGRES: BackEnd = {
  name: 'PostgreSQL',
  hasBroker: false,
  async open() {
    const { url, drop } = await createDatabase()
    return { env: { DATABASE_URL: url }, close: drop }
  },
}

const RABBITMQ: BackEnd = {
  name: 'PostgreSQL with RabbitMQ',
  hasBroker: true,
  async open() {
    const [database, broker] = [await POSTGRES.open(), await RabbitmqBroker.open()]
    return {
      env: { ...database.env, ...{ QUEUE: 'rabbitmq', AMQP_URL: broker.url } },
      broker: testBrokerOf(broker),
      async close() {
        await broker.close()
        await database.close()
      },
    }
  },
}

const AZURE: BackEnd = {
  name: 'PostgreSQL with Azure Storage',
  hasBroker: true,
  async open() {
    const [database, azurite] = [await POSTGRES.open(), await openAzurite()]
    return {
      env: {
        ...database.env,
        ...{ QUEUE: 'azure', AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString },
      },
      broker: await openAzuriteBroker(azurite, 'nightshift-convert'),
      async close() {
        await azurite.close()
        await database.close()
      },
    }
  },
}

/** All that the suites which take a back end run over. */
export const BACK_ENDS: readonly BackEnd[] = WHY_NO_AZURITE ? [POSTGRES, RABBITMQ] : [AZURE]
