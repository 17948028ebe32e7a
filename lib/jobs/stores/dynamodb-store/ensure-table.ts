import { setTimeout as wait } from 'node:timers/promises'
import type { DynamodbClient } from '../../../aws/dynamodb-client.ts'
import { isDenied } from '../../../aws/service-error.ts'
import { ConfigError } from '../../../config.ts'
import { isAway, isTableInUse, isTableMissing } from './service-errors.ts'
import { JOB_INDEXES, tableInput } from './table-schema.ts'

/** The table is there within some seconds; its state is asked for this often, in milliseconds. */
const ASK_EVERY_MS = 250

/**
 * Creates the table where it is missing, and waits until it can be used.
 * @throws ConfigError where no later try can succeed
 */
export async function ensureTable(client: DynamodbClient, tableName: string): Promise<void> {
  try {
    for (;;) {
      const table = (await describe(client, tableName)) ?? (await create(client, tableName))
      if (table?.status === 'ACTIVE') return checkIndexes(tableName, table.indexes)
      await wait(ASK_EVERY_MS)
    }
  } catch (error) {
    throw isAway(error) || error instanceof ConfigError ? error : refusalOf(error, tableName)
  }
}

interface TableState {
  status: string | undefined
  indexes: readonly (string | undefined)[]
}

async function describe(client: DynamodbClient, tableName: string): Promise<TableState | undefined> {
  try {
    const { Table } = await client.describeTable(tableName)
    const indexes = Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName) ?? []
    return { status: Table?.TableStatus, indexes }
  } catch (error) {
    if (isTableMissing(error)) return undefined
    throw error
  }
}

async function create(client: DynamodbClient, tableName: string): Promise<undefined> {
  await client.createTable(tableInput(tableName)).catch(error => {
    if (!isTableInUse(error)) throw error
  })
}

function checkIndexes(tableName: string, found: TableState['indexes']): void {
  const missing = Object.keys(JOB_INDEXES).filter(name => !found.includes(name))
  if (missing.length > 0)
    throw new ConfigError(
      `The DynamoDB table ${tableName} lacks the indexes ${missing.join(', ')}: it is of something else or was created by hand. Delete it, so that Nightshift creates it anew, or choose another prefix.`,
    )
}

function refusalOf(error: unknown, tableName: string): ConfigError {
  const [cause = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  const nextStep = isDenied(error)
    ? `Allow this role dynamodb:DescribeTable on the table, and where it does not exist yet dynamodb:CreateTable, or create it: ${schemaInWords()}.`
    : 'Set AWS_REGION and credentials for it, as for every program that uses AWS.'
  return new ConfigError(
    `The DynamoDB table ${tableName} cannot be used: ${cause.replace(/\.?$/, '.')} ${nextStep}`,
  )
}

function schemaInWords(): string {
  const indexes = Object.entries(JOB_INDEXES).map(
    ([name, { hash, range, rangeType, attributes }]) =>
      `${name} (${hash} S, ${range} ${rangeType}${attributes.length > 0 ? `; includes ${attributes.join(', ')}` : ''})`,
  )
  return `partition key id S, on demand, with the global indexes ${indexes.join(', ')}`
}
