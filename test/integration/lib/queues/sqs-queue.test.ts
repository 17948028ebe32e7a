import { pino } from 'pino'
import { openSqsQueue } from '#lib/queues/sqs-queue.ts'
import { type Fauxqs, openFauxqs } from '#test/fauxqs.ts'
import { WHY_NO_AWS } from '#test/why-no-aws.ts'
import { queueConformance } from './queue-conformance.ts'

const log = pino({ level: 'silent' })

let fauxqs: Fauxqs | undefined
queueConformance(
  'SQS',
  {
    async open() {
      fauxqs ??= await openFauxqs()
      return openSqsQueue({ ...fauxqs.client, prefix: 'test', waitSeconds: 1, log })
    },
    close: async () => fauxqs?.close(),
    discards: false,
    groups: false,
    waitsForMinutes: false,
  },
  WHY_NO_AWS,
)
