import { setTimeout as wait } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { Prisma, PrismaClient } from '../../../prisma/generated/client.ts'
import type { Logger } from '../../log.ts'
import { AppError } from '../../vocabulary/errors.ts'
import { type EventPublisher, openEventPublisher } from './event-publisher.ts'

/** A transaction as Prisma passes it to its callback. */
export type Tx = Prisma.TransactionClient

/** The connections that the parts of the PostgreSQL implementation share. */
export interface JobDatabase {
  prisma: PrismaClient
  /** The pool under Prisma, for statements that are too hot for Prisma's overhead. */
  pool: pg.Pool
  boss: PgBoss
  events: EventPublisher
  log: Logger
}

/**
 * Connects; the database must be migrated. `close` waits for running statements. With `deadlineMs` no statement waits
 * longer for a connection; a statement that has its connection is never cut off.
 */
export async function openDatabase(
  url: string,
  { deadlineMs = 0, log }: { deadlineMs?: number | undefined; log: Logger },
): Promise<JobDatabase & { close(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: deadlineMs })
  pool.on('error', error => log.warn({ err: error }, 'a database connection was lost'))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  const boss = new PgBoss({
    connectionString: url,
    max: 4,
    // Fetching and completing messages need not wait for the disk: when a crash loses one of them, the message is
    // delivered again, and then the row decides. Sending happens in our own, durable transactions.
    options: '-c synchronous_commit=off',
    migrate: false,
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    // A frozen LISTEN connection looks alive; the heartbeat detects it within 3 s.
    notifyHeartbeatIntervalMs: 2000,
    notifyHeartbeatTimeoutMs: 1000,
  })
  boss.on('error', error => log.warn({ err: error }, 'the queue reports an error'))
  boss.on('warning', warning => log.debug({ warning }, 'the queue warns'))
  await boss.start()
  const events = openEventPublisher(url, log)
  return {
    prisma,
    pool,
    boss,
    events,
    log,
    async close() {
      await events.close()
      await boss.stop({ graceful: false })
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

const LOST_CONNECTION =
  /57P0[123]|not currently accepting connections|P1001|P1017|P2024|ECONNREFUSED|ECONNRESET|Connection terminated|connection.*closed/i

/** No connection in time. A retry would not get one sooner. */
const OUT_OF_TIME = /timeout exceeded when trying to connect|P2028/

/** Pauses before the retries, in milliseconds: a pool with dead connections needs a moment to notice them. */
const PAUSES_MS = [50, 250]

/**
 * Runs `statement`, and again when its connection dates from before a database restart.
 * @throws AppError `database_down` when the last try finds no database either
 */
export async function againIfDropped<T>(statement: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await statement()
    } catch (error) {
      if (!isLostConnection(error)) throw downIfOutOfTime(error)
      await wait(pause)
    }
  }
  return statement().catch(error => {
    throw isLostConnection(error) ? down(error) : downIfOutOfTime(error)
  })
}

function downIfOutOfTime(error: unknown): unknown {
  return OUT_OF_TIME.test(messagesOf(error)) ? down(error) : error
}

function down(error: unknown): AppError {
  return new AppError('database_down', { cause: error, log: String(error) })
}

function isLostConnection(error: unknown): boolean {
  return LOST_CONNECTION.test(messagesOf(error))
}

function messagesOf(error: unknown): string {
  return String((error as { code?: string }).code) + String(error)
}

export { Prisma }
