import type { CreateTableCommandInput } from '../../../aws/dynamodb-client.ts'

/**
 * The table and its indexes. Each index but those of lists holds an item only while its attribute is there, so it is
 * as long as what it is asked for. Every index is projected no more than its readers need, and no attribute that
 * changes with each sign of life, because each change of a projected attribute is a write of its own.
 */
export const JOB_INDEXES = {
  /** An owner's jobs. */
  byOwner: { hash: 'owner', range: 'listOrder', rangeType: 'S', attributes: [] },
  /** The jobs of one batch. */
  byBatch: { hash: 'batchId', range: 'listOrder', rangeType: 'S', attributes: [] },
  /** Where a job is in its life, and the workers. */
  byPhase: {
    ...{ hash: 'phase', range: 'phaseAt', rangeType: 'N' },
    attributes: ['owner', 'batchId', 'runAt', 'claims', 'worker', 'status'],
  },
  byUnsent: { hash: 'unsentShard', range: 'unsentSince', rangeType: 'N', attributes: ['messageId', 'runAt'] },
  /** Completed and failed jobs; dead letters apart. */
  byOutcome: { hash: 'outcome', range: 'finishedAt', rangeType: 'N', attributes: ['state', 'startedAt'] },
  /** Completed jobs of a format and target. */
  byKind: { hash: 'kind', range: 'finishedAt', rangeType: 'N', attributes: ['timings', 'source'] },
} as const satisfies Record<string, JobIndex>

interface JobIndex {
  hash: string
  range: string
  rangeType: 'S' | 'N'
  /** What it holds besides the keys. */
  attributes: readonly string[]
}

export type JobIndexName = keyof typeof JOB_INDEXES

/** What creates the table. */
export function tableInput(tableName: string): CreateTableCommandInput {
  const indexes = Object.entries<JobIndex>(JOB_INDEXES)
  const types = new Map<string, 'S' | 'N'>([['id', 'S']])
  for (const [, { hash, range, rangeType }] of indexes) types.set(hash, 'S').set(range, rangeType)
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...types].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: indexes.map(([IndexName, { hash, range, attributes }]) => ({
      IndexName,
      KeySchema: [
        { AttributeName: hash, KeyType: 'HASH' },
        { AttributeName: range, KeyType: 'RANGE' },
      ],
      Projection:
        attributes.length > 0
          ? { ProjectionType: 'INCLUDE', NonKeyAttributes: [...attributes] }
          : { ProjectionType: 'KEYS_ONLY' },
    })),
  }
}
