import { asciiJsonOf } from '../../../ascii-json.ts'
import { isMissingResource } from '../../../aws/service-error.ts'
import type { SnsClient } from '../../../aws/sns-client.ts'
import type { JobEvent } from '../../../jobs.ts'
import type { Logger } from '../../../log.ts'
import type { Topic } from './topic.ts'

/** The service takes 262,144 bytes in a message. */
const MOST_BYTES = 200_000

export interface PublisherOptions {
  topic: Topic
  sns: SnsClient
  log: Logger
}

/**
 * Publishes events without waiting: those that come during a call share the next one, as one message, which keeps their
 * order and costs one delivery for each queue. Of a job's ticks only the last one is sent.
 */
export class TopicPublisher {
  readonly #options: PublisherOptions
  #waiting = new Map<string, JobEvent>()
  #flushing: Promise<void> | undefined

  constructor(options: PublisherOptions) {
    this.#options = options
  }

  publish(event: JobEvent): void {
    const key =
      event.type === 'progress' ? `progress ${event.id}` : `${event.type} ${event.id} ${this.#waiting.size}`
    // The last tick stands behind what was published before it.
    this.#waiting.delete(key)
    this.#waiting.set(key, event)
    this.#flushing ??= Promise.resolve().then(() => this.#sendWaiting())
  }

  /** Resolves when all that was published before is sent, or could not be. */
  async flush(): Promise<void> {
    await this.#flushing
  }

  async #sendWaiting(): Promise<void> {
    while (this.#waiting.size > 0) {
      const texts = [...this.#waiting.values()].map(asciiJsonOf)
      this.#waiting = new Map()
      for (const message of messagesOf(texts)) await this.#send(message)
    }
    this.#flushing = undefined
  }

  async #send(Message: string): Promise<void> {
    const { topic, sns, log } = this.#options
    try {
      await sns.publish({ TopicArn: await topic.arn(), Message })
    } catch (error) {
      if (isMissingResource(error)) topic.forget()
      // Lost events cost time, not jobs: workers poll, and browsers read again after the gap.
      log.warn({ err: error }, 'events were not published')
    }
  }
}

/** JSON lists of the events, none too long for a message. */
function messagesOf(texts: readonly string[]): string[] {
  const lists: string[][] = []
  let bytes = 0
  for (const text of texts) {
    if (lists.length === 0 || bytes + text.length > MOST_BYTES) {
      lists.push([])
      bytes = 0
    }
    lists.at(-1)?.push(text)
    bytes += text.length + 1
  }
  return lists.map(list => `[${list.join(',')}]`)
}
