import { pino } from 'pino'
import { createPostgresStore } from '#lib/jobs/stores/postgres-store.ts'
import { openDatabase } from '#lib/postgres/database.ts'
import { createPgBossQueue } from '#lib/queues/pg-boss-queue.ts'
import { createDatabase } from '#test/create-database.ts'
import { storeConformance } from './store-conformance.ts'

const log = pino({ level: 'silent' })

for (const sends of [true, false]) {
  let drop: (() => Promise<void>) | undefined
  storeConformance(`PostgreSQL ${sends ? 'with the queue within' : 'with a queue elsewhere'}`, {
    async open() {
      const database = await createDatabase()
      drop = database.drop
      const db = await openDatabase(database.url, { log })
      const messages = sends ? createPgBossQueue(db, { pollSeconds: 1 }) : undefined
      return { store: { ...createPostgresStore(db, { messages }), close: () => db.close() }, sends }
    },
    close: async () => drop?.(),
  })
}
