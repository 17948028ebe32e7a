import { pino } from 'pino'
import type { Queue } from '#lib/queue.ts'
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
      // The type keeps callers from the queue that it lacks, and the suite leaves it out.
      return (await openSqsQueue({ ...fauxqs.client, prefix: 'test', waitSeconds: 1, log })) as Queue
    },
    close: async () => fauxqs?.close(),
    discards: false,
    groups: false,
    maintains: 'not',
    waitsForMinutes: false,
  },
  WHY_NO_AWS,
)
