import { pino } from 'pino'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import { openRabbitmqQueue } from '#lib/queues/rabbitmq-queue.ts'
import { createDatabase } from '#test/create-database.ts'
import { WHY_NO_RABBITMQ } from '#test/rabbitmq-broker/why-no-rabbitmq.ts'
import { RabbitmqBroker } from '#test/rabbitmq-broker.ts'
import { jobsConformance } from './jobs-conformance.ts'

const log = pino({ level: 'silent' })
const options = { pollSeconds: 1, historyMs: 30 * 86_400_000, log }

let end: (() => Promise<void>) | undefined
jobsConformance(
  'PostgreSQL with RabbitMQ',
  {
    async open(limits) {
      const [database, broker] = [await createDatabase(), await RabbitmqBroker.open()]
      end = async () => {
        await broker.close()
        await database.drop()
      }
      const queue = await openRabbitmqQueue({ url: broker.url, log })
      return openPostgresJobs({ ...options, url: database.url, queue, ...limits })
    },
    close: async () => end?.(),
  },
  WHY_NO_RABBITMQ,
)
