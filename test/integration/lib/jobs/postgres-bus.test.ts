import { pino } from 'pino'
import { openPostgresBus } from '#lib/jobs/buses/postgres-bus.ts'
import { openDatabase } from '#lib/postgres/database.ts'
import { createDatabase, type TestDatabase } from '#test/create-database.ts'
import { busConformance } from './bus-conformance.ts'

const log = pino({ level: 'silent' })
let database: TestDatabase | undefined

busConformance('PostgreSQL', {
  async open() {
    database ??= await createDatabase({ recorded: false })
    const db = await openDatabase(database.url, { log })
    const bus = openPostgresBus(db)
    return { ...bus, close: () => bus.close().then(() => db.close()) }
  },
  close: async () => database?.drop(),
})
