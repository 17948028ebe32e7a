import { readFileSync } from 'node:fs'
import { openDynamodbClient } from '#lib/aws/dynamodb-client.ts'
import { openSnsClient } from '#lib/aws/sns-client.ts'
import { openSqsClient } from '#lib/aws/sqs-client.ts'
import { until } from '#test/until.ts'

type Properties = Record<string, unknown>

interface Template {
  Resources: Record<string, { Type: string; Properties: Properties }>
}

export const TEMPLATE_FILE = 'deploy/aws/nightshift.template.json'

export interface EmulatorAccess {
  /** The address of SQS and SNS. */
  messaging: string
  table: string
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string }
}

/** Makes queues, topic and table as the template says, so that the product finds all of them and makes none. */
export async function makeTemplateResources(access: EmulatorAccess, prefix: string): Promise<void> {
  const { Resources } = JSON.parse(readFileSync(TEMPLATE_FILE, 'utf8')) as Template
  const propertiesOf = (id: string) => resolved(Resources[id]?.Properties ?? {}, prefix) as Properties
  await makeQueues(access, ['UnreadableQueue', 'Queue', 'WebhookQueue'].map(propertiesOf))
  const sns = await openSnsClient({ ...access, endpoint: access.messaging })
  await sns.createTopic(String(propertiesOf('Topic').TopicName))
  sns.close()
  await makeTable(access, propertiesOf('Table'))
}

async function makeQueues(access: EmulatorAccess, queues: readonly Properties[]): Promise<void> {
  const sqs = await openSqsClient({ ...access, endpoint: access.messaging })
  for (const { QueueName, ...attributes } of queues) {
    const texts = Object.entries(attributes).map(([name, value]) => [
      ...[name, typeof value === 'object' ? JSON.stringify(value) : String(value)],
    ])
    await sqs.createQueue({ QueueName: String(QueueName), Attributes: Object.fromEntries(texts) })
  }
  sqs.close()
}

async function makeTable(access: EmulatorAccess, properties: Properties): Promise<void> {
  const client = await openDynamodbClient({ ...access, endpoint: access.table })
  await client.createTable(properties as never)
  const name = String(properties.TableName)
  await until('the table is there', async () => {
    const { Table } = await client.describeTable(name)
    return Table?.TableStatus === 'ACTIVE'
  })
  client.close()
}

/** With the names that CloudFormation would put in. The emulators take any account. */
function resolved(value: unknown, prefix: string): unknown {
  if (Array.isArray(value)) return value.map(each => resolved(each, prefix))
  if (typeof value !== 'object' || value === null) return value
  const { 'Fn::Sub': text, 'Fn::GetAtt': attribute } = value as Properties
  if (typeof text === 'string') return text.replaceAll('${Prefix}', prefix)
  if (Array.isArray(attribute)) return `arn:aws:sqs:us-east-1:000000000000:${prefix}-convert-unreadable`
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each, prefix)]))
}
