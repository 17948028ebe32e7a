import type { AwaitedMessage, JobStore } from '../../store.ts'
import type { DynamodbTable } from './dynamodb-table.ts'
import { eachOf } from './each-of.ts'
import { asJobItem, type JobItem, messageOfItem, unsentAttributes } from './job-item.ts'
import { queryShards } from './shard-queries.ts'
import { dueInOrder } from './waiting-items.ts'

/** So many marked messages are read of each shard. */
const BATCH = 125
/** So many jobs of each shard may be first in turn: the index still shows some that wait no more. */
const CANDIDATES = 4

type Messaging = 'firstInTurn' | 'reissueIfWaiting' | 'unsent' | 'markSentIfUnsent'

/** The messages that jobs wait for. */
export function messagingOfItems(table: DynamodbTable): Pick<JobStore, Messaging> {
  return {
    firstInTurn: awaited => firstInTurn(table, awaited),
    async reissueIfWaiting({ jobId, messageId }, next) {
      const set = { messageId: next, ...unsentAttributes(jobId, Date.now()) }
      const condition = { state: { is: 'queued' }, messageId: { is: messageId } }
      const item = asJobItem(await table.updateIf(jobId, { set }, { condition }))
      return item && messageOfItem(item)
    },
    async unsent(before) {
      const range = { below: before.getTime() }
      const query = { index: 'byUnsent', range, limit: BATCH } as const
      const marked = await queryShards(table, 'unsent', query)
      return marked.toSorted((a, b) => (a.unsentSince ?? 0) - (b.unsentSince ?? 0)).map(messageOfItem)
    },
    async markSentIfUnsent(messages) {
      const change = { remove: ['unsentShard', 'unsentSince'] }
      await eachOf(messages, ({ id, body }) => {
        const condition = { messageId: { is: id }, unsentSince: 'present' } as const
        return table.updateIf(body.jobId, change, { condition, changedOnly: true })
      })
    },
  }
}

/** The index tells whose turns come first, the items who waits. */
async function firstInTurn(
  table: DynamodbTable,
  { jobId, messageId }: AwaitedMessage,
): Promise<AwaitedMessage | undefined> {
  const own = waitingItem(await table.get(jobId, ATTRIBUTES))
  if (own?.messageId !== messageId) return undefined
  const range = { below: own.phaseAt }
  const named = await queryShards(table, 'queued', { index: 'byPhase', range, limit: CANDIDATES })
  const candidates = dueInOrder(named).slice(0, CANDIDATES)
  const items = await table.getAll(
    candidates.map(({ id }) => id),
    ATTRIBUTES,
  )
  const sent = items.flatMap(item => waitingItem(item) ?? []).filter(item => item.unsentSince === undefined)
  const [first] = dueInOrder(sent)
  return first && { jobId: first.id, messageId: first.messageId }
}

const ATTRIBUTES = ['id', 'state', 'messageId', 'unsentSince', 'phaseAt', 'runAt']

function waitingItem(item: Parameters<typeof asJobItem>[0]): JobItem | undefined {
  const job = asJobItem(item)
  return job?.state === 'queued' ? job : undefined
}
