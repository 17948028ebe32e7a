import type { AwsClientOptions } from '../../aws/client-options.ts'
import { openDynamodbClient } from '../../aws/dynamodb-client.ts'
import { resourceNames } from '../../aws/resource-names.ts'
import type { Logger } from '../../log.ts'
import type { JobStore } from '../store.ts'
import { DynamodbTable } from './dynamodb-store/dynamodb-table.ts'
import { messagingOfItems } from './dynamodb-store/item-messages.ts'
import { readsOfJobs } from './dynamodb-store/item-reads.ts'
import { writesOfSenders } from './dynamodb-store/item-sender-writes.ts'
import { sweepsOfItems } from './dynamodb-store/item-sweeps.ts'
import { webhooksOfItems } from './dynamodb-store/item-webhooks.ts'
import { writesUnderLease } from './dynamodb-store/item-writes.ts'
import { keptResultsOfItems } from './dynamodb-store/kept-items.ts'
import { isAway } from './dynamodb-store/service-errors.ts'
import { WaitingEstimate } from './dynamodb-store/waiting-estimate.ts'
import { workerReports } from './dynamodb-store/worker-items.ts'

export interface DynamodbStoreOptions extends AwsClientOptions {
  /** How the name of the table begins. */
  prefix: string
  /** How long an insert may wait for the service, in milliseconds; unset: no limit. */
  deadlineMs?: number | undefined
  log: Logger
}

/**
 * Jobs as items of one table of DynamoDB, each write one conditional update of one item. Lists and sweeps go over
 * indexes, which lack changes of the last moments; limits are kept by an estimate. The table is created where it is
 * missing. Where the service cannot be reached the store opens all the same, and each call tries again.
 * @throws ConfigError when the table cannot be used
 */
export async function openDynamodbStore(options: DynamodbStoreOptions): Promise<JobStore> {
  const { prefix, deadlineMs, log } = options
  const table = new DynamodbTable(await openDynamodbClient(options), resourceNames(prefix).table)
  await table.ready().catch(error => {
    if (!isAway(error)) throw error
    log.warn({ err: error }, 'DynamoDB does not answer; jobs are accepted when it does')
  })
  const parts = { table, estimate: new WaitingEstimate(table) }
  return {
    listsAtOnce: false,
    findsEarlierResults: false,
    search: null,
    ...readsOfJobs(parts),
    ...writesOfSenders(parts, deadlineMs),
    ...writesUnderLease(parts),
    ...messagingOfItems(table),
    ...sweepsOfItems(parts),
    ...keptResultsOfItems(parts),
    ...webhooksOfItems(parts),
    ...workerReports(table),
    close: async () => table.close(),
  }
}
