import { pino } from 'pino'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import { openAzureQueue } from '#lib/queues/azure-queue.ts'
import { openAzurite, WHY_NO_AZURITE } from '#test/azurite.ts'
import { createDatabase } from '#test/create-database.ts'
import { jobsConformance } from './jobs-conformance.ts'

const log = pino({ level: 'silent' })
const options = { pollSeconds: 1, historyMs: 30 * 86_400_000, log }

let end: (() => Promise<void>) | undefined
jobsConformance(
  'PostgreSQL with Azure Storage',
  {
    async open(limits) {
      const [database, azurite] = [await createDatabase(), await openAzurite()]
      end = async () => {
        await azurite.close()
        await database.drop()
      }
      const { connectionString } = azurite
      const queue = await openAzureQueue({ connectionString, prefix: 'test', pollSeconds: 1, log })
      return openPostgresJobs({ ...options, url: database.url, queue, ...limits })
    },
    close: async () => end?.(),
  },
  WHY_NO_AZURITE,
)
