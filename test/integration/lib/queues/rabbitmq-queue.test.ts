import { after, before } from 'node:test'
import { pino } from 'pino'
import { openRabbitmqQueue } from '#lib/queues/rabbitmq-queue.ts'
import { RabbitmqBroker } from '#test/rabbitmq-broker.ts'
import { queueConformance } from './queue-conformance.ts'

let broker: RabbitmqBroker
before(async () => {
  broker = await RabbitmqBroker.open()
})
after(() => broker?.close())

queueConformance('rabbitmq', {
  open: () => openRabbitmqQueue({ url: broker.url, log: pino({ level: 'silent' }) }),
  discards: false,
  groups: false,
  waitsForMinutes: false,
})
