import { isMissingResource } from '../../../aws/service-error.ts'
import type { SnsClient } from '../../../aws/sns-client.ts'
import type { SqsClient } from '../../../aws/sqs-client.ts'
import type { Logger } from '../../../log.ts'
import type { Clock } from '../../clock.ts'
import { HEARTBEAT_TAG, SUBSCRIPTION_TAG } from './node-queue.ts'

/** A process that was silent for so long is dead. Should it live, it makes another queue and reports a gap. */
export const DEAD_AFTER_MS = 10 * 60_000

export interface ReaperOptions {
  sns: SnsClient
  sqs: SqsClient
  /** How the names of all processes' queues begin. */
  prefix: string
  clock: Clock
  log: Logger
}

/** Removes the queues of processes that ended without doing so. Any number of processes may do it at once. */
export class NodeReaper {
  readonly #options: ReaperOptions

  constructor(options: ReaperOptions) {
    this.#options = options
  }

  /** Never rejects: the next time, or another process, does what was not done. */
  async reap(): Promise<void> {
    const { sqs, prefix, log } = this.#options
    try {
      let token: string | undefined
      do {
        const listed = await sqs.listQueues({
          ...{ QueueNamePrefix: prefix, MaxResults: 100 },
          ...(token && { NextToken: token }),
        })
        for (const url of listed.QueueUrls ?? []) await this.#removeIfSilent(url)
        token = listed.NextToken
      } while (token)
    } catch (error) {
      log.warn({ err: error }, 'queues of dead processes may be left')
    }
  }

  async #removeIfSilent(url: string): Promise<void> {
    const { sns, sqs, clock, log } = this.#options
    try {
      const { [HEARTBEAT_TAG]: beat, [SUBSCRIPTION_TAG]: subscription } = await sqs.tagsOf(url)
      if (beat === undefined || clock.now() - Number(beat) < DEAD_AFTER_MS) return
      if (subscription) await sns.unsubscribe(subscription)
      await sqs.deleteQueue(url)
      log.info({ queue: url }, 'the queue of a dead process was removed')
    } catch (error) {
      if (!isMissingResource(error)) throw error // Another process was faster.
    }
  }
}
