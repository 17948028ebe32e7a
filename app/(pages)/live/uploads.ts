/** The uploads of a page: two at a time, in the order given; each can pause and go on. */
import type { Given } from './given.ts'
import { type SendEvents, send } from './send.ts'

const SIDE_BY_SIDE = 2

export class Uploads {
  readonly #events: SendEvents
  #waiting: Given[] = []
  readonly #running = new Map<string, AbortController>()

  constructor(events: SendEvents) {
    this.#events = events
  }

  /** Sends it when its turn comes, from where it was. */
  add(given: Given): void {
    this.#waiting.push(given)
    this.#next()
  }

  /** What has arrived by now stays on the server, and `add` goes on from there. */
  stop(key: string): void {
    this.#waiting = this.#waiting.filter(({ row }) => row.key !== key)
    this.#running.get(key)?.abort()
  }

  #next(): void {
    while (this.#running.size < SIDE_BY_SIDE) {
      const given = this.#waiting.shift()
      if (!given) return
      void this.#run(given)
    }
  }

  async #run(given: Given): Promise<void> {
    const { key } = given.row
    const stop = new AbortController()
    this.#running.set(key, stop)
    await send(given, this.#events, stop.signal)
    this.#running.delete(key)
    this.#next()
  }
}

/** Gives up what is on the server of an upload. Where nobody answers it expires there. */
export async function deleteUpload(address: string): Promise<void> {
  await fetch(address, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => {})
}
