import { statesFor } from '../../../vocabulary/job-life.ts'
import type { JobWebhook } from '../../../vocabulary/webhook.ts'
import { batchEndOf } from '../../batch-end.ts'
import { type JobStore, MOST_OF_BATCH, type Written } from '../../store.ts'
import { webhookMessageOf } from '../../webhook-message.ts'
import { eachOf } from './each-of.ts'
import { asJobItem, type JobItem, webhookOfItem, writtenItem } from './job-item.ts'
import { queryShards } from './shard-queries.ts'
import { shardOf } from './shards.ts'
import { type DynamodbStoreParts, UNSENT, WEBHOOK_SHARD, webhookMark, writeJob } from './write-job.ts'

/** So many marked messages are read of each shard. */
const BATCH = 125

type WebhookPart = 'writeWebhookIfAwaited' | 'unsentWebhooks' | 'markWebhooksSentIfUnsent' | 'batchEnd'

/** What is kept of webhooks. */
export function webhooksOfItems(parts: DynamodbStoreParts): Pick<JobStore, WebhookPart> {
  const { table } = parts
  return {
    writeWebhookIfAwaited: (id, webhook, unsentSince) => writeIfAwaited(parts, id, { webhook, unsentSince }),
    async unsentWebhooks(before) {
      const range = { below: before.getTime() }
      const marked = await queryShards(table, WEBHOOK_SHARD, { index: 'byUnsent', range, limit: BATCH })
      const items = await table.getAll(
        marked.map(({ id }) => id),
        ['id', 'state', 'webhook', 'webhookStep', 'finishedAt', ...UNSENT],
      )
      const jobs = items.flatMap(item => asJobItem(item) ?? [])
      return jobs.toSorted((a, b) => (a.unsentSince ?? 0) - (b.unsentSince ?? 0)).flatMap(messageOfWebhook)
    },
    async markWebhooksSentIfUnsent(messages) {
      await eachOf(messages, ({ body: { jobId: id, step } }) => {
        const condition = { webhookStep: { is: step }, unsentShard: { is: shardOf(WEBHOOK_SHARD, id) } }
        return table.updateIf(id, { remove: UNSENT }, { condition, changedOnly: true })
      })
    },
    batchEnd: id => batchEnd(parts, id),
  }
}

function messageOfWebhook({ id, unsentSince, ...item }: JobItem) {
  const webhook = webhookOfItem(item)
  const finishedAt = item.finishedAt === undefined ? null : new Date(item.finishedAt)
  return webhook && unsentSince !== undefined ? [webhookMessageOf(id, webhook, finishedAt)] : []
}

/** The mark of a job that has not ended is of its own message, and stays. */
async function writeIfAwaited(
  parts: DynamodbStoreParts,
  id: string,
  { webhook: { step, ...webhook }, unsentSince }: { webhook: JobWebhook; unsentSince: Date | null },
): Promise<Written | undefined> {
  const mark = unsentSince ? webhookMark(id, unsentSince.getTime()) : {}
  const change = { set: { webhook, ...mark }, add: { webhookStep: 1 } }
  const condition = { webhookStep: { is: step }, webhook: 'present' } as const
  const ofEnded = {
    change: { ...change, remove: unsentSince ? [] : UNSENT },
    condition: { ...condition, state: { oneOf: statesFor('markFilesDeleted') } },
  }
  const item =
    (await writeJob(parts, 'webhook', { id, ...ofEnded })) ??
    (unsentSince
      ? undefined
      : await writeJob(parts, 'webhook', { id, change, condition: { ...condition, ...OPEN } }))
  return item && writtenItem(item)
}

const OPEN = { state: { oneOf: statesFor('cancel') } }

async function batchEnd({ table }: DynamodbStoreParts, id: string) {
  const named = await table.query({ index: 'byBatch', hash: id, limit: MOST_OF_BATCH })
  const ids = named.slice(0, MOST_OF_BATCH).map(item => String(item.id))
  const items = await table.getAll(ids, ['id', 'owner', 'state', 'finishedAt', 'webhook', 'webhookStep'])
  const byId = new Map(items.map(item => [item.id, item]))
  const jobs = ids.flatMap(one => asJobItem(byId.get(one)) ?? [])
  const finishedAt = ({ finishedAt: at }: JobItem) => (at === undefined ? null : new Date(at))
  return batchEndOf(jobs.map(job => ({ ...job, finishedAt: finishedAt(job), webhook: webhookOfItem(job) })))
}
