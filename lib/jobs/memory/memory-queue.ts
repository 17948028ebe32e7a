/** Messages that name the job to claim; each is fetched once, in order, when it is due. */
export interface MemoryQueue {
  /** Returns the message's number; only this message may claim the job. */
  send(jobId: string, runAt?: number): number
  /** The first message that is due at `now`, in milliseconds since 1970. */
  fetch(now: number): QueuedMessage | undefined
  acknowledge(id: number): void
  /** Delivers a message again, as a broker may. */
  redeliver(message: QueuedMessage): void
  has(id: number): boolean
}

export interface QueuedMessage {
  id: number
  jobId: string
  runAt: number
}

export function createMemoryQueue(): MemoryQueue {
  const waiting = new Map<number, QueuedMessage>()
  let last = 0
  return {
    send(jobId, runAt = 0) {
      waiting.set(++last, { id: last, jobId, runAt })
      return last
    },
    fetch(now) {
      for (const message of waiting.values()) {
        if (message.runAt > now) continue
        waiting.delete(message.id)
        return message
      }
      return undefined
    },
    acknowledge: id => void waiting.delete(id),
    redeliver: message => void waiting.set(message.id, message),
    has: id => waiting.has(id),
  }
}
