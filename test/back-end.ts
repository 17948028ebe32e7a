import { createDatabase } from './create-database.ts'

/** A choice of implementations that the end-to-end and fault suites run the product with. */
export interface BackEnd {
  name: string
  /** Whether messages go through a broker beside the database. */
  hasBroker: boolean
  /** Why it cannot run here; false where it can. */
  skip: string | false
  /** @param options.restarts whether the test ends its broker and starts it again */
  open(options?: { restarts?: boolean }): Promise<OpenBackEnd>
}

/** What an instance is started with, and what else the tests use of it. */
export interface OpenBackEnd {
  env: Record<string, string>
  broker?: TestBroker
  /** The names of a job's files in order, where they are not below DATA_DIR. */
  filesOf?(id: string): Promise<string[]>
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
  skip: false,
  async open() {
    const { url, drop } = await createDatabase()
    return { env: { DATABASE_URL: url }, close: drop }
  },
}
