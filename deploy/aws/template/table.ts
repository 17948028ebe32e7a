import { Fn, type Stack } from 'aws-cdk-lib'
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb'
import { resourceNames } from '../../../lib/aws/resource-names.ts'
import { tableInput } from '../../../lib/jobs/stores/dynamodb-store/table-schema.ts'
import { acceptRule } from './accepted-rules.ts'

/** The table of jobs with its indexes, as Nightshift itself would make it. */
export function addTable(stack: Stack): CfnTable {
  const schema = tableInput(resourceNames('${Prefix}').table)
  const table = new CfnTable(stack, 'Table', {
    tableName: Fn.sub(schema.TableName ?? ''),
    billingMode: schema.BillingMode,
    attributeDefinitions: (schema.AttributeDefinitions ?? []).map(
      ({ AttributeName = '', AttributeType = '' }) => ({
        ...{ attributeName: AttributeName, attributeType: AttributeType },
      }),
    ),
    keySchema: keysOf(schema.KeySchema),
    globalSecondaryIndexes: (schema.GlobalSecondaryIndexes ?? []).map(
      ({ IndexName = '', KeySchema, Projection }) => ({
        ...{ indexName: IndexName, keySchema: keysOf(KeySchema) },
        projection: {
          projectionType: Projection?.ProjectionType,
          nonKeyAttributes: Projection?.NonKeyAttributes,
        },
      }),
    ),
  })
  acceptRule(table, 'AwsSolutions-DDB3', 'A backup would keep what Nightshift has promised to delete.')
  return table
}

type Key = { AttributeName: string | undefined; KeyType: string | undefined }

function keysOf(keys: readonly Key[] = []): CfnTable.KeySchemaProperty[] {
  return keys.map(({ AttributeName = '', KeyType = '' }) => ({
    attributeName: AttributeName,
    keyType: KeyType,
  }))
}
