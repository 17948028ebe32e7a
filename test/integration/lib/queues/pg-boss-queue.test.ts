import { pino } from 'pino'
import { openDatabase } from '#lib/postgres/database.ts'
import { createPgBossQueue } from '#lib/queues/pg-boss-queue.ts'
import { createDatabase, type TestDatabase } from '#test/create-database.ts'
import { queueConformance } from './queue-conformance.ts'

const log = pino({ level: 'silent' })
let database: TestDatabase | undefined

queueConformance('pg-boss', {
  async open({ pollSeconds }) {
    database ??= await createDatabase({ recorded: false })
    const db = await openDatabase(database.url, { log })
    const queue = createPgBossQueue(db, { pollSeconds })
    return { ...queue, close: () => queue.close().then(() => db.close()) }
  },
  close: async () => database?.drop(),
})
