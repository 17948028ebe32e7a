import { pino } from 'pino'
import { openAzureQueue } from '#lib/queues/azure-queue.ts'
import { type Azurite, openAzurite, WHY_NO_AZURITE } from '#test/azurite.ts'
import { queueConformance } from './queue-conformance.ts'

const log = pino({ level: 'silent' })

let azurite: Azurite | undefined
queueConformance(
  'Azure Storage',
  {
    async open({ pollSeconds }) {
      azurite ??= await openAzurite()
      const { connectionString } = azurite
      return openAzureQueue({ connectionString, prefix: 'test', pollSeconds, log })
    },
    close: async () => azurite?.close(),
    discards: false,
    groups: false,
    maintains: 'by slots',
  },
  WHY_NO_AZURITE,
)
