/** The uploads of a page: two at a time, in the order given; each can pause and go on. */
import type { PendingUpload } from './pending-upload.ts'
import { type SendEvents, sendUpload } from './send-upload.ts'

const SIDE_BY_SIDE = 2

export class UploadQueue {
  readonly #events: SendEvents
  #waiting: PendingUpload[] = []
  readonly #running = new Map<string, AbortController>()

  constructor(events: SendEvents) {
    this.#events = events
  }

  /** Sends it when its turn comes, from where it was. */
  add(upload: PendingUpload): void {
    this.#waiting.push(upload)
    this.#next()
  }

  /** What has arrived by now stays on the server, and `add` goes on from there. */
  stop(key: string): void {
    this.#waiting = this.#waiting.filter(({ row }) => row.key !== key)
    this.#running.get(key)?.abort()
  }

  #next(): void {
    while (this.#running.size < SIDE_BY_SIDE) {
      const upload = this.#waiting.shift()
      if (!upload) return
      void this.#run(upload)
    }
  }

  async #run(upload: PendingUpload): Promise<void> {
    const { key } = upload.row
    const stop = new AbortController()
    this.#running.set(key, stop)
    await sendUpload(upload, this.#events, stop.signal)
    this.#running.delete(key)
    this.#next()
  }
}

/** Gives up what is on the server of an upload. Where nobody answers it expires there. */
export async function cancelUpload(address: string): Promise<void> {
  await fetch(address, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => {})
}
