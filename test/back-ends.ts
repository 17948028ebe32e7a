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

/** What the suites that take a back end run over: PostgreSQL, or the back ends of a proof. */
export const BACK_ENDS: readonly BackEnd[] = chosen()

/** What the suite of a broker that fails runs over. */
export const BROKERS: readonly BackEnd[] = BACK_ENDS.includes(POSTGRES)
  ? [RABBITMQ]
  : BACK_ENDS.filter(({ hasBroker }) => hasBroker)

function chosen(): readonly BackEnd[] {
  if (process.env.TEST_AWS) return AWS_BACK_ENDS
  if (!WHY_NO_AZURITE) return [AZURE]
  return process.env.TEST_RABBITMQ ? [RABBITMQ] : [POSTGRES]
}
