import { pino } from 'pino'
import { openDatabase } from '#lib/postgres/database.ts'
import { createPgBossQueue } from '#lib/queues/pg-boss-queue.ts'

/** A queue of pg-boss on connections of its own, which close with it. */
export async function openPgBossQueue(url: string, pollSeconds: number) {
  const db = await openDatabase(url, { log: pino({ level: 'silent' }) })
  const queue = createPgBossQueue(db, { pollSeconds })
  return { ...queue, db, close: () => queue.close().then(() => db.close()) }
}
