import type { IncomingMessage } from 'node:http'
import type { Lock, Locker } from '@tus/server'
import type { LockOptions, UploadSpool } from '#lib/spool.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

/** The right to work on an upload. The signal aborts when a newer request takes over. */
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
  async acquire(id: string, incoming: IncomingMessage, known: LockOptions = {}): Promise<HeldUpload> {
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
    const lease = await this.#spool.lock(id, known).catch(error => {
      end()
      throw error
    })
    const release = () => {
      this.#holders.delete(id)
      lease.release()
      end()
    }
    const signal = AbortSignal.any([controller.signal, lease.signal])
    const held = { incoming, signal, release }
    this.#holders.set(id, held)
    return held
  }

  /** The current holder of an upload's lock. @throws Error where there is none */
  holder(id: string): HeldUpload {
    const held = this.#holders.get(id)
    if (!held) throw new Error(`nobody has the turn of upload ${id}`)
    return held
  }

  /** Adapts the lock to the tus library, for one request. */
  lockerFor(incoming: IncomingMessage, known: LockOptions): Locker {
    const newLock = (id: string): Lock => {
      let held: HeldUpload | undefined
      return {
        lock: async () => {
          held = await this.acquire(id, incoming, known)
        },
        unlock: async () => held?.release(),
      }
    }
    return { newLock }
  }
}
