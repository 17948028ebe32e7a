import type { IncomingMessage } from 'node:http'
import type { Lock, Locker } from '@tus/server'
import type { UploadSpool } from '#lib/spool.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

/** The right to work on an upload. The signal aborts when a newer request wants it. */
export interface HeldUpload {
  incoming: IncomingMessage
  signal: AbortSignal
  release(): void
}

/**
 * One request at a time works on an upload. A newer one takes over and the older is cut: it is the same sender, who
 * came back over another line while we still wait for the dead one. Between the requests of this process that happens
 * at once; of other processes the spool knows.
 */
export class UploadLock {
  readonly #spool: UploadSpool
  readonly #last = new Map<string, { cut(): void; done: Promise<void> }>()
  readonly #holders = new Map<string, HeldUpload>()

  constructor(spool: UploadSpool) {
    this.#spool = spool
  }

  /** @throws AppError `storage_full` */
  async acquire(id: string, incoming: IncomingMessage): Promise<HeldUpload> {
    const before = this.#last.get(id)
    const controller = new AbortController()
    const { promise: done, resolve } = Promise.withResolvers<void>()
    const mine = { cut: () => controller.abort(new AppError('upload_taken_over')), done }
    this.#last.set(id, mine)
    before?.cut()
    await before?.done
    const end = () => {
      if (this.#last.get(id) === mine) this.#last.delete(id)
      resolve()
    }
    const lease = await this.#spool.lock(id).catch(error => {
      end()
      throw error
    })
    const release = () => {
      this.#holders.delete(id)
      lease.release()
      end()
    }
    const held = { incoming, signal: AbortSignal.any([controller.signal, lease.signal]), release }
    this.#holders.set(id, held)
    return held
  }

  /** Whose turn it is. @throws Error where it is nobody's */
  holder(id: string): HeldUpload {
    const held = this.#holders.get(id)
    if (!held) throw new Error(`nobody has the turn of upload ${id}`)
    return held
  }

  /** The same for the tus library, on behalf of one request. */
  lockerFor(incoming: IncomingMessage): Locker {
    const newLock = (id: string): Lock => {
      let held: HeldUpload | undefined
      return {
        lock: async () => {
          held = await this.acquire(id, incoming)
        },
        unlock: async () => held?.release(),
      }
    }
    return { newLock }
  }
}
