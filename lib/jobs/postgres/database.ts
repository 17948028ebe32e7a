import { setTimeout as wait } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { Prisma, PrismaClient } from '../../../prisma/generated/client.ts'
import type { Logger } from '../../log.ts'
import { AppError } from '../../vocabulary/errors.ts'
import { type EventPublisher, openEventPublisher } from './event-publisher.ts'

/** A transaction as Prisma hands it to its callback. */
export type Tx = Prisma.TransactionClient

/** The connections that the PostgreSQL implementation shares. */
export interface JobDatabase {
  prisma: PrismaClient
  /** The connections under Prisma, for what must not pay for its way around. */
  pool: pg.Pool
  boss: PgBoss
  events: EventPublisher
  log: Logger
}

/**
 * Connects; the database must be migrated. `close` waits for statements under way. With `deadlineMs` no statement waits
 * longer for a connection; one that has its connection is never cut.
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

/** No connection in time: asked again at once, the next one would not come sooner. */
const OUT_OF_TIME = /timeout exceeded when trying to connect|P2028/

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
