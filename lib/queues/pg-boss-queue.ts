import type { TransactionalQueue } from '../jobs/stores/postgres-store/transactional-queue.ts'
import type { PostgresDatabase } from '../postgres/database.ts'
import { preparedExecutor } from '../postgres/prepared-executor.ts'
import { transaction } from '../postgres/transaction.ts'
import type { Queue, QueueMessage, QueueName } from '../queue.ts'
import { nextCronTime } from './cron.ts'
import { createCronClock } from './pg-boss-queue/cron-clock.ts'
import { depth } from './pg-boss-queue/depth.ts'
import { PgBossConsumer } from './pg-boss-queue/pg-boss-consumer.ts'

/** Of the column's type. */
const LOWEST_PRIORITY = -(2 ** 31)

export interface PgBossQueueOptions {
  /** How often an idle slot looks for messages, in seconds. `wake` looks at once. */
  pollSeconds: number
}

/** Messages in PostgreSQL, by pg-boss. The connections belong to the database, which outlives the queue. */
export function createPgBossQueue(
  db: Pick<PostgresDatabase, 'pool' | 'queuePool' | 'boss' | 'log'>,
  { pollSeconds }: PgBossQueueOptions,
): Queue & TransactionalQueue {
  const { pool, boss } = db
  const cronClock = createCronClock(db)
  const consumers = new Map<PgBossConsumer, QueueName>()
  const queue: Queue & TransactionalQueue = {
    keepsOrder: true,
    async sendWithin(tx, name, messages) {
      await boss.insert(name, messages.map(toInsert), { db: tx })
    },
    // Not on pg-boss's own connections, which do not wait for the disk.
    async send(name, messages) {
      if (messages.length === 0) return
      await transaction(pool, client => queue.sendWithin(preparedExecutor(client), name, messages))
      for (const [consumer, consumed] of consumers) if (consumed === name) consumer.wake()
    },
    async discard(name, ids) {
      if (ids.length > 0) await boss.complete(name, [...ids], null, { includeQueued: true })
    },
    async consume(name, handle, options) {
      cronClock.startWhenNeeded()
      const consumer = new PgBossConsumer({ ...db, ...options, name, pollSeconds }, handle)
      consumers.set(consumer, name)
      return {
        wake: () => consumer.wake(),
        stop: () => consumer.stop().finally(() => consumers.delete(consumer)),
      }
    },
    depth: name => depth(db, name),
    async schedule({ name, key, cron, timeZone, body }) {
      nextCronTime({ cron, timeZone }, Date.now()) // Throws; pg-boss itself fills in what is missing.
      await boss.schedule(name, cron, body, { tz: timeZone, key: toKey(key) })
      await cronClock.start()
    },
    unschedule: (name, key) => boss.unschedule(name, toKey(key)),
    close: () => cronClock.stop(),
  }
  return queue
}

function toInsert({ id, body, runAt, group, priority }: QueueMessage) {
  return {
    id,
    data: body,
    ...(runAt && { startAfter: runAt }),
    ...(group !== undefined && { group: { id: group } }),
    ...(priority !== undefined && { priority: Math.max(LOWEST_PRIORITY, priority) }),
  }
}

/** pg-boss takes letters, digits and a few signs; the full stop stands around the codes of all others. */
function toKey(key: string): string {
  return key.replace(/[^\w-]/gu, sign => `.${sign.codePointAt(0)?.toString(16)}.`)
}
