import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { DynamodbTable } from './dynamodb-table.ts'
import { shardOf } from './shards.ts'

/** How long the row of a key's job may follow the key, in milliseconds; its writer is taken for dead then. */
const FOLLOWS_MS = 2_000
const LOOK_EVERY_MS = 25

/** The id of the item that holds an owner's key. Hashed, because keys are the senders' texts of any length. */
export function idempotencyKeyId(owner: string, idempotencyKey: string): string {
  const hash = createHash('sha256').update(JSON.stringify([owner, idempotencyKey]))
  return `key#${hash.digest('hex')}`
}

/**
 * Takes the key for this job; false where another job has it. The key is an item of its own, written before the row,
 * and a process may die between the two. So a key whose row does not follow is taken over, after the id of that row was
 * blocked: if its writer only was slow, it cannot write the row any more.
 */
export async function takeKey(table: DynamodbTable, keyId: string, jobId: string): Promise<boolean> {
  if (await table.putIf(keyItem(keyId, jobId), { id: 'absent' })) return true
  const holder = await holderOf(table, keyId)
  if (holder === undefined) return takeKey(table, keyId, jobId)
  if (holder === jobId) return true
  if (await rowFollows(table, holder)) return false
  if (!(await block(table, holder))) return false
  return table.putIf(keyItem(keyId, jobId), { jobId: { is: holder } })
}

/** The id of the job that has the key; its row may not be there. */
export async function holderOf(table: DynamodbTable, keyId: string): Promise<string | undefined> {
  const item = await table.get(keyId)
  return item && String(item.jobId)
}

/** Frees the key, unless another job has taken it over. */
export async function freeKey(table: DynamodbTable, keyId: string, jobId: string): Promise<void> {
  await table.deleteIf(keyId, { jobId: { is: jobId } })
}

/** Waits a moment for the row, since jobs with one key are often created at the same time. */
async function rowFollows(table: DynamodbTable, jobId: string): Promise<boolean> {
  const until = performance.now() + FOLLOWS_MS
  for (;;) {
    const item = await table.get(jobId, ['id', 'state'])
    if (item) return 'state' in item
    if (performance.now() > until) return false
    await wait(LOOK_EVERY_MS)
  }
}

/** Whether no job can have this id from now on. */
async function block(table: DynamodbTable, jobId: string): Promise<boolean> {
  const blocked = { id: jobId, phase: shardOf('history', jobId), phaseAt: Date.now() }
  if (await table.putIf(blocked, { id: 'absent' })) return true
  const item = await table.get(jobId, ['id', 'state'])
  return item !== undefined && !('state' in item)
}

/** Maintenance deletes the item with the history, whatever became of its job. */
function keyItem(keyId: string, jobId: string) {
  return { id: keyId, jobId, phase: shardOf('history', keyId), phaseAt: Date.now() }
}
