import { setTimeout as wait } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { Prisma, PrismaClient } from '../../../prisma/generated/client.ts'
import { AppError } from '../../errors.ts'
import type { Logger } from '../../log.ts'
import { type Notices, openNotices } from './notices.ts'

/** A transaction as Prisma hands it to its callback. */
export type Tx = Prisma.TransactionClient

/** The connections that the PostgreSQL implementation shares. */
export interface Database {
  prisma: PrismaClient
  /** The connections under Prisma, for what must not pay for its way around. */
  pool: pg.Pool
  boss: PgBoss
  notices: Notices
  log: Logger
}

/**
 * For every pool, in milliseconds: a frozen database keeps its connections and says nothing. A write that ran out of
 * time may still be done later, which its own condition allows.
 */
export const DEADLINES = { query_timeout: 5000, connectionTimeoutMillis: 5000 }

/** Connects; the database must be migrated. `close` waits for statements under way. */
export async function openDatabase(url: string, log: Logger): Promise<Database & { close(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: url, max: 10, ...DEADLINES })
  pool.on('error', error => log.warn({ err: error }, 'a database connection was lost'))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  const boss = new PgBoss({
    connectionString: url,
    max: 4,
    ...DEADLINES,
    // Fetching and completing messages need not wait for the disk: a crash that forgets one of them only delivers a
    // message again, and then the row says what to do. Sending stands in our own, durable transactions.
    options: '-c synchronous_commit=off',
    migrate: false,
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    // A frozen LISTEN connection looks alive; found out within 3 s.
    notifyHeartbeatIntervalMs: 2000,
    notifyHeartbeatTimeoutMs: 1000,
  })
  boss.on('error', error => log.warn({ err: error }, 'the queue reports an error'))
  boss.on('warning', warning => log.debug({ warning }, 'the queue warns'))
  await boss.start()
  const notices = openNotices(url, { log, deadlines: DEADLINES })
  return {
    prisma,
    pool,
    boss,
    notices,
    log,
    async close() {
      await notices.close()
      await boss.stop({ graceful: false })
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

const LOST_CONNECTION =
  /57P0[123]|not currently accepting connections|P1001|P1017|P2024|ECONNREFUSED|ECONNRESET|Connection terminated|connection.*closed/i

const OUT_OF_TIME = /Query read timeout|timeout exceeded when trying to connect|P2028|SocketTimeout|P1008/i

/** Pauses before the next tries, in milliseconds: a pool that holds dead connections needs a moment to hear of it. */
const PAUSES_MS = [50, 250]

/**
 * Runs `statement`, and again when the connection turns out to be one from before a database restart.
 * @throws AppError `database_down` when the last try finds no database either
 */
export async function againIfDropped<T>(statement: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await statement()
    } catch (error) {
      if (!isLostConnection(error)) throw downIfSilent(error)
      await wait(pause)
    }
  }
  return statement().catch(error => {
    throw isLostConnection(error) ? down(error) : downIfSilent(error)
  })
}

/** One that was silent for a whole deadline is not asked again: whoever waits has waited enough. */
function downIfSilent(error: unknown): unknown {
  return OUT_OF_TIME.test(wordsOf(error)) ? down(error) : error
}

function down(error: unknown): AppError {
  return new AppError('database_down', { cause: error, log: String(error) })
}

/** Code, message and, as Prisma wraps what the driver says, the cause's. */
function wordsOf(error: unknown): string {
  const { code, cause } = error as { code?: string; cause?: unknown }
  return `${code} ${String(error)} ${JSON.stringify(cause) ?? ''} ${String(cause)}`
}

function isLostConnection(error: unknown): boolean {
  return LOST_CONNECTION.test(wordsOf(error))
}

export { Prisma }
