import { openSqsQueue } from '#lib/queues/sqs-queue.ts'
import { openFauxqs } from '#test/fauxqs.ts'
import { WHY_NO_AWS } from '#test/why-no-aws.ts'
import { jobsOver } from './broker-jobs.ts'
import { jobsConformance } from './jobs-conformance.ts'

jobsConformance(
  'PostgreSQL with SQS',
  jobsOver(
    () => openFauxqs(),
    ({ client }, log) => openSqsQueue({ ...client, prefix: 'test', waitSeconds: 1, log }),
  ),
  WHY_NO_AWS,
)
