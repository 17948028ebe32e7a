import { AWS_BACK_ENDS } from './aws-back-ends.ts'
import { openAzuriteBroker } from './azurite/azurite-broker.ts'
import { openAzurite, WHY_NO_AZURITE } from './azurite.ts'
import { type BackEnd, POSTGRES } from './back-end.ts'
import { testBrokerOf } from './rabbitmq-broker/rabbitmq-test-broker.ts'
import { WHY_NO_RABBITMQ } from './rabbitmq-broker/why-no-rabbitmq.ts'
import { RabbitmqBroker } from './rabbitmq-broker.ts'

const RABBITMQ: BackEnd = {
  name: 'PostgreSQL with RabbitMQ',
  hasBroker: true,
  skip: WHY_NO_RABBITMQ,
  async open() {
    const [database, broker] = [await POSTGRES.open(), await RabbitmqBroker.open()]
    return {
      env: { ...database.env, ...{ QUEUE: 'rabbitmq', AMQP_URL: broker.url } },
      broker: testBrokerOf(broker),
      async close() {
        await broker.close()
        await database.close()
      },
    }
  },
}

const AZURE: BackEnd = {
  name: 'PostgreSQL with Azure Storage',
  hasBroker: true,
  skip: WHY_NO_AZURITE,
  async open() {
    const [database, azurite] = [await POSTGRES.open(), await openAzurite()]
    return {
      env: {
        ...database.env,
        ...{ QUEUE: 'azure', AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString },
      },
      broker: await openAzuriteBroker(azurite, 'nightshift-convert'),
      async close() {
        await azurite.close()
        await database.close()
      },
    }
  },
}

/** All that the suites which take a back end run over. */
export const BACK_ENDS: readonly BackEnd[] = process.env.TEST_AWS
  ? AWS_BACK_ENDS
  : WHY_NO_AZURITE
    ? [POSTGRES, RABBITMQ]
    : [AZURE]
