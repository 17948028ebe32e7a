import { openRabbitmqQueue } from '#lib/queues/rabbitmq-queue.ts'
import { WHY_NO_RABBITMQ } from '#test/rabbitmq-broker/why-no-rabbitmq.ts'
import { RabbitmqBroker } from '#test/rabbitmq-broker.ts'
import { jobsOver } from './broker-jobs.ts'
import { jobsConformance } from './jobs-conformance.ts'

jobsConformance(
  'PostgreSQL with RabbitMQ',
  jobsOver(RabbitmqBroker.open, ({ url }, log) => openRabbitmqQueue({ url, log })),
  WHY_NO_RABBITMQ,
)
