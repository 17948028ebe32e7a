import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { PrismaClient } from '../../prisma/generated/client.ts'
import type { Logger } from '../log.ts'

/** The connections that everything on PostgreSQL shares. */
export interface PostgresDatabase {
  url: string
  prisma: PrismaClient
  /** The pool under Prisma, for statements that are too hot for Prisma's overhead. */
  pool: pg.Pool
  /** Connections that do not wait for the disk: for messages that are fetched and completed. */
  queuePool: pg.Pool
  /** Its messages, and its LISTEN connections with their heartbeat. */
  boss: PgBoss
  log: Logger
  /** Waits for running statements. */
  close(): Promise<void>
}

/**
 * Connects; the database must be migrated. With `deadlineMs` no statement waits
 * longer for a connection; a statement that has its connection is never cut off.
 */
export async function openDatabase(
  url: string,
  { deadlineMs = 0, log }: { deadlineMs?: number | undefined; log: Logger },
): Promise<PostgresDatabase> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: deadlineMs })
  pool.on('error', error => log.warn({ err: error }, 'a database connection was lost'))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  // Fetching and completing messages need not wait for the disk: when a crash loses one of them, the message is
  // delivered again, and then the row decides. Sending happens in our own, durable transactions.
  const unwaiting = { connectionString: url, options: '-c synchronous_commit=off' }
  const queuePool = new pg.Pool({ ...unwaiting, max: 4 })
  queuePool.on('error', error => log.warn({ err: error }, 'a connection of the queue was lost'))
  const boss = new PgBoss({
    ...unwaiting,
    max: 2,
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
  async function close(): Promise<void> {
    await boss.stop({ graceful: false })
    await prisma.$disconnect()
    await pool.end()
    await queuePool.end()
  }
  let closing: Promise<void> | undefined
  return {
    url,
    prisma,
    pool,
    queuePool,
    boss,
    log,
    close() {
      closing ??= close()
      return closing
    },
  }
}
