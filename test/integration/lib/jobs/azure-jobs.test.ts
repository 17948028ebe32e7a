import { openAzureQueue } from '#lib/queues/azure-queue.ts'
import { openAzurite, WHY_NO_AZURITE } from '#test/azurite.ts'
import { jobsOver } from './broker-jobs.ts'
import { jobsConformance } from './jobs-conformance.ts'

jobsConformance(
  'PostgreSQL with Azure Storage',
  jobsOver(openAzurite, ({ connectionString }, log) =>
    openAzureQueue({ connectionString, prefix: 'test', pollSeconds: 1, log }),
  ),
  WHY_NO_AZURITE,
)
