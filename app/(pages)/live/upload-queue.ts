/** The upload queue of a page: two at a time, in order; each can pause and resume. */
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

  /** Sends the upload when its turn comes, from its last offset. */
  add(upload: PendingUpload): void {
    this.#waiting.push(upload)
    this.#next()
  }

  /** Bytes that have arrived stay on the server, and `add` resumes after them. */
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

/** Deletes an upload on the server. An unreachable server deletes it at its expiry. */
export async function cancelUpload(address: string): Promise<void> {
  await fetch(address, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => {})
}
