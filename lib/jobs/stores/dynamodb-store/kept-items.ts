import type { JobsPage, KeptResult } from '../../../jobs.ts'
import type { JobStore } from '../../store.ts'
import type { Item } from './dynamodb-table.ts'
import { asJobItem, writtenItem } from './job-item.ts'
import { allShards } from './shards.ts'
import { type DynamodbStoreParts, FILES_KEPT, writeJob } from './write-job.ts'

const PAGE = 500
const SHARDS = allShards('ended')

/** What the search for lost results reads and writes. */
export function keptResultsOfItems(
  parts: DynamodbStoreParts,
): Pick<JobStore, 'keptResults' | 'recordLossIfKept'> {
  return {
    keptResults: (now, after) => keptResults(parts, now, after),
    async recordLossIfKept({ id, result }) {
      const change = { set: { result } }
      const item = await writeJob(parts, 'recordLoss', { id, change, condition: FILES_KEPT })
      return item && writtenItem(item)
    },
  }
}

/** Shard after shard. The cursor is the shard and, within it, the time and the id of the last item that was read. */
async function keptResults(
  { table }: DynamodbStoreParts,
  now: Date,
  cursor = '0',
): Promise<JobsPage<KeptResult>> {
  const [shard = 0, at = now.getTime(), id] = cursor.split('/')
  const phase = SHARDS[Number(shard)] ?? ''
  const phaseAt = Number(at)
  const named = await table.query({
    ...{ index: 'byPhase', hash: phase, range: { from: phaseAt }, limit: PAGE },
    ...(id && { after: { id, phase, phaseAt } }),
  })
  return { items: await keptOf(table, named), next: nextCursor(Number(shard), named) }
}

/** An index names jobs as they were. */
async function keptOf(table: DynamodbStoreParts['table'], named: readonly Item[]): Promise<KeptResult[]> {
  const ids = named.map(item => String(item.id))
  const items = await table.getAll(ids, ['id', 'state', 'result', 'deletedBy', 'filesDeletedAt'])
  return items
    .flatMap(item => asJobItem(item) ?? [])
    .flatMap(({ id, result, deletedBy, filesDeletedAt }) =>
      result && !deletedBy && !filesDeletedAt ? { id, result } : [],
    )
}

function nextCursor(shard: number, named: readonly Item[]): string | null {
  const last = named.length >= PAGE ? named.at(-1) : undefined
  if (last) return `${shard}/${last.phaseAt}/${last.id}`
  return shard + 1 < SHARDS.length ? `${shard + 1}` : null
}
