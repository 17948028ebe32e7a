import type { DynamodbTable, IndexQuery } from './dynamodb-table.ts'
import type { JobItem } from './job-item.ts'
import { allShards } from './shards.ts'

type ShardQuery = Omit<IndexQuery, 'hash'>

/** What an index holds of jobs, from all shards; a limit is of each. Only projected attributes are there. */
export async function queryShards(table: DynamodbTable, name: string, query: ShardQuery): Promise<JobItem[]> {
  const shards = allShards(name).map(hash => table.query({ ...query, hash }))
  return (await Promise.all(shards)).flat() as unknown as JobItem[]
}

export async function countShards(table: DynamodbTable, name: string, query: ShardQuery): Promise<number> {
  const shards = allShards(name).map(hash => table.count({ ...query, hash }))
  return (await Promise.all(shards)).reduce((sum, count) => sum + count, 0)
}
