import { createHash } from 'node:crypto'
import type { SqsEntry } from '../../aws/sqs-client.ts'
import type { QueueMessage } from '../../queue.ts'
import { messageTextOf } from '../message-text.ts'

/** The longest that the service delays a message. One for later is sent again then. */
export const LONGEST_DELAY_S = 900
/** What the service takes in one call, at the least over its versions: messages, and bytes of all their texts. */
const [MOST_MESSAGES, MOST_BYTES] = [10, 262_144]
/** What the service takes as a group. */
const GROUP = /^[\w!"#$%&'()*+,./:;<=>?@[\\\]^`{|}~-]{1,128}$/

/** A message as the service takes it. @param now milliseconds since 1970 */
export function entryOf(message: QueueMessage, now: number): Omit<SqsEntry, 'Id'> {
  const wait = Math.ceil(((message.runAt?.getTime() ?? 0) - now) / 1000)
  return {
    MessageBody: messageTextOf(message),
    DelaySeconds: Math.min(Math.max(0, wait), LONGEST_DELAY_S),
    ...(message.group && { MessageGroupId: groupIdOf(message.group) }),
  }
}

/** Divides entries into calls. An entry that is too long is alone, and the service says so. */
export function batchesOf(entries: readonly Omit<SqsEntry, 'Id'>[]): SqsEntry[][] {
  const batches: SqsEntry[][] = []
  let [batch, bytes]: [SqsEntry[], number] = [[], 0]
  for (const entry of entries) {
    const more = Buffer.byteLength(entry.MessageBody ?? '')
    if (batch.length === 0 || batch.length === MOST_MESSAGES || bytes + more > MOST_BYTES) {
      ;[batch, bytes] = [[], 0]
      batches.push(batch)
    }
    batch.push({ ...entry, Id: String(batch.length) })
    bytes += more
  }
  return batches
}

/** A group that the service would not take is told from others by its hash. */
function groupIdOf(group: string): string {
  return GROUP.test(group) ? group : createHash('sha256').update(group).digest('hex')
}
