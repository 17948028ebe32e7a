import { pino } from 'pino'
import { createPostgresStore } from '#lib/jobs/stores/postgres-store.ts'
import { openDatabase } from '#lib/postgres/database.ts'
import { createPostgresStatistics } from '#lib/statistics/postgres-statistics.ts'
import { createDatabase } from '#test/create-database.ts'
import { statisticsConformance } from './statistics-conformance.ts'

statisticsConformance('PostgreSQL', async () => {
  const database = await createDatabase()
  const db = await openDatabase(database.url, { log: pino({ level: 'silent' }) })
  return {
    jobs: createPostgresStore(db),
    statistics: createPostgresStatistics(db.pool),
    async close() {
      await db.close()
      await database.drop()
    },
  }
})
