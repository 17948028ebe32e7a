/** Messages that say which job may be claimed; each is fetched once, in order, when its time has come. */
export interface MemoryQueue {
  /** Gives the message's number, by which alone its job may be claimed. */
  send(jobId: string, runAt?: number): number
  /** The first one that is due at `now`, in milliseconds since 1970. */
  fetch(now: number): QueuedMessage | undefined
  acknowledge(id: number): void
  /** Delivers a message once more, as a broker may. */
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
