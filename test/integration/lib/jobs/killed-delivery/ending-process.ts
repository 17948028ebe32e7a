/**
 * Ends the job of the second argument in the database of the first one, and stands still before the message of its webhook
 * is sent. Then it says so, and waits to be killed.
 */
import { pino } from 'pino'
import { createMemoryBus } from '#lib/jobs/buses/memory-bus.ts'
import { systemClock } from '#lib/jobs/clock.ts'
import { createJobs } from '#lib/jobs/create-jobs.ts'
import { createPostgresStore } from '#lib/jobs/stores/postgres-store.ts'
import { openDatabase } from '#lib/postgres/database.ts'
import { createPgBossQueue } from '#lib/queues/pg-boss-queue.ts'

const [url = '', id = ''] = process.argv.slice(2)
const log = pino({ level: 'silent' })
const db = await openDatabase(url, { log })
const messages = createPgBossQueue(db, { pollSeconds: 1 })
const jobs = createJobs({
  store: createPostgresStore(db, { messages }),
  queue: {
    ...messages,
    async send(name, sent) {
      if (name !== 'webhook') return messages.send(name, sent)
      process.send?.('the job has ended')
      await new Promise(() => {})
    },
  },
  bus: createMemoryBus(new Set(), systemClock),
  ...{ limits: { queueLimit: 10, ownerLimit: 10 }, historyMs: 86_400_000 },
  ...{ clock: systemClock, random: Math.random, log },
})
await jobs.cancel(id)
