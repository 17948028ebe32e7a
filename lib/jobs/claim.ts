import { randomUUID } from 'node:crypto'
import type { Job, JobMessage } from '../jobs.ts'
import { sendUnlessAway } from './announce.ts'
import type { JobPorts } from './ports.ts'
import type { AwaitedMessage } from './store.ts'

/** How often another job is looked for when other workers were faster. */
const MOST_LOOKS = 3

/**
 * Claims a job by a delivered message. A queue that keeps an order delivers the message whose turn it is. From any other
 * queue a message is the right to start one job: the job that is first in turn, if it stands before the message's own. That one
 * then needs another message. Undefined where no job waits for this message; it gives no right to any other one.
 * @throws when the store cannot be asked; then the message must be delivered again
 */
export async function claim(
  ports: JobPorts,
  { message, worker }: { message: JobMessage; worker: string },
): Promise<Job | undefined> {
  const own = { jobId: message.body.jobId, messageId: message.id }
  if (ports.queue.keepsOrder) return ports.store.claimIfWaiting({ ...own, worker })
  return claimFirst(ports, own, worker)
}

/**
 * The own job gets its new message before the other one is claimed: after a crash at any moment it has a message, or the
 * mark that one is to be sent, and a claim is never followed by a write that could fail.
 */
async function claimFirst(
  ports: JobPorts,
  delivered: AwaitedMessage,
  worker: string,
): Promise<Job | undefined> {
  const { store } = ports
  let own = delivered
  let unsent: JobMessage | undefined
  for (let look = 0; look < MOST_LOOKS; look++) {
    const first = await store.firstInTurn(own)
    if (!first) break
    unsent ??= await store.reissueIfWaiting(own, randomUUID())
    if (!unsent) return undefined
    own = { jobId: own.jobId, messageId: unsent.id }
    const job = await store.claimIfWaiting({ ...first, worker })
    if (!job) continue
    await sendUnlessAway(ports, [unsent])
    return job
  }
  return store.claimIfWaiting({ ...own, worker })
}
