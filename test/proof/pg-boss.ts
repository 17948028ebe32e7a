/** The whole contract of a queue over pg-boss, with the schedules that the tests do not wait for. */
import { createDatabase, type TestDatabase } from '#test/create-database.ts'
import { openPgBossQueue } from '#test/integration/lib/queues/open-pg-boss-queue.ts'
import { queueConformance } from '#test/integration/lib/queues/queue-conformance.ts'

let database: TestDatabase | undefined

queueConformance('pg-boss', {
  async open({ pollSeconds }) {
    database ??= await createDatabase({ recorded: false })
    return openPgBossQueue(database.url, pollSeconds)
  },
  close: async () => database?.drop(),
})
