import type { CreateTableCommandInput, DescribeTableCommandOutput } from '@aws-sdk/client-dynamodb'
import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  QueryCommandInput,
  QueryCommandOutput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb'
import { type AwsClientOptions, givenOptions } from './client-options.ts'

export type { CreateTableCommandInput, QueryCommandInput }

/** The commands that are used, with plain values as attributes. */
export interface DynamodbClient {
  get(input: GetCommandInput): Promise<GetCommandOutput>
  batchGet(input: BatchGetCommandInput): Promise<BatchGetCommandOutput>
  query(input: QueryCommandInput): Promise<QueryCommandOutput>
  put(input: PutCommandInput, signal?: AbortSignal): Promise<unknown>
  update(input: UpdateCommandInput): Promise<UpdateCommandOutput>
  delete(input: DeleteCommandInput): Promise<DeleteCommandOutput>
  createTable(input: CreateTableCommandInput): Promise<unknown>
  describeTable(tableName: string): Promise<DescribeTableCommandOutput>
  close(): void
}

/** No connection, and no answer, within so many milliseconds; then the SDK tries again. */
const CONNECTION_MS = 1_000
const ANSWER_MS = 3_000

/** Opens no connection yet. @throws Error when the package is not installed */
export async function openDynamodbClient(options: AwsClientOptions): Promise<DynamodbClient> {
  const { CreateTableCommand, DescribeTableCommand, DynamoDBClient } = await import(
    '@aws-sdk/client-dynamodb'
  )
  const sdk = await import('@aws-sdk/lib-dynamodb')
  const service = new DynamoDBClient({
    ...givenOptions(options),
    requestHandler: {
      ...{ connectionTimeout: CONNECTION_MS, requestTimeout: ANSWER_MS },
      // Without it the time limit only writes a warning.
      throwOnRequestTimeout: true,
    },
  })
  const client = sdk.DynamoDBDocumentClient.from(service, {
    marshallOptions: { removeUndefinedValues: true },
  })
  return {
    get: input => client.send(new sdk.GetCommand(input)),
    batchGet: input => client.send(new sdk.BatchGetCommand(input)),
    query: input => client.send(new sdk.QueryCommand(input)),
    put: (input, abortSignal) =>
      client.send(new sdk.PutCommand(input), { ...(abortSignal && { abortSignal }) }),
    update: input => client.send(new sdk.UpdateCommand(input)),
    delete: input => client.send(new sdk.DeleteCommand(input)),
    createTable: input => service.send(new CreateTableCommand(input)),
    describeTable: TableName => service.send(new DescribeTableCommand({ TableName })),
    close: () => service.destroy(),
  }
}
