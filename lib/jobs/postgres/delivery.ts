import type { Job } from '../../jobs.ts'
import type { JobDatabase } from './database.ts'
import { type Message, QUEUE } from './queue.ts'
import { claimIfWaiting } from './statements.ts'

export interface Delivery {
  /** Claims the next job for this worker; undefined when none waits or the database is down. */
  next(): Promise<Job | undefined>
  close(): Promise<void>
}

/**
 * Fetches messages from pg-boss and claims their jobs. After the claim the row and its lease hold the job's state, so
 * the message is completed right away. pg-boss delivers a message again when its worker died between fetch and claim; a
 * message whose completion was lost finds no job that waits for it.
 */
export function openDelivery(db: JobDatabase, worker: string): Delivery {
  const completions = new Set<Promise<unknown>>()

  function complete(messageId: string): void {
    const completion = db.boss
      .complete(QUEUE, messageId)
      .catch(error => db.log.warn({ err: error }, 'a message was not completed; it will find no job'))
      .finally(() => completions.delete(completion))
    completions.add(completion)
  }

  async function take(): Promise<Job | undefined> {
    for (;;) {
      const [message] = await db.boss.fetch<Message>(QUEUE)
      if (!message) return undefined
      const job = await claimIfWaiting(db, { jobId: message.data.jobId, messageId: message.id, worker })
      complete(message.id)
      if (job) return job // Otherwise: cancelled, or an old message of a job that has a newer one.
    }
  }

  return {
    next: () =>
      take().catch(error => {
        db.log.warn({ err: error }, 'no job could be taken; the next look follows')
        return undefined
      }),
    close: async () => void (await Promise.all(completions)),
  }
}
