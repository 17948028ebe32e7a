import { pino } from 'pino'
import { openRabbitmqQueue } from '#lib/queues/rabbitmq-queue.ts'
import { WHY_NO_RABBITMQ } from '#test/rabbitmq-broker/why-no-rabbitmq.ts'
import { RabbitmqBroker } from '#test/rabbitmq-broker.ts'
import { queueConformance } from './queue-conformance.ts'

const log = pino({ level: 'silent' })

let broker: RabbitmqBroker | undefined
queueConformance(
  'RabbitMQ',
  {
    async open() {
      broker ??= await RabbitmqBroker.open()
      return openRabbitmqQueue({ url: broker.url, log })
    },
    close: async () => broker?.close(),
    discards: false,
    groups: false,
    maintains: 'by slots',
    waitsForMinutes: false,
  },
  WHY_NO_RABBITMQ,
)
