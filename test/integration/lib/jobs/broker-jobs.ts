import { pino } from 'pino'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import type { Logger } from '#lib/log.ts'
import type { Queue } from '#lib/queue.ts'
import { createDatabase } from '#test/create-database.ts'
import type { OpenJobs } from './jobs-conformance.ts'

const log = pino({ level: 'silent' })
const options = { pollSeconds: 1, historyMs: 30 * 86_400_000, log }

/** Jobs in a database of their own whose messages go over a broker. */
export function jobsOver<Broker extends { close(): Promise<void> }>(
  openBroker: () => Promise<Broker>,
  openQueue: (broker: Broker, log: Logger) => Promise<Queue>,
): OpenJobs {
  let close: (() => Promise<void>) | undefined
  return {
    async open(limits) {
      const [database, broker] = [await createDatabase(), await openBroker()]
      close = async () => {
        await broker.close()
        await database.drop()
      }
      return openPostgresJobs({
        ...options,
        ...limits,
        url: database.url,
        queue: await openQueue(broker, log),
      })
    },
    close: async () => close?.(),
  }
}
