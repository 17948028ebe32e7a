import type { IncomingMessage } from 'node:http'
import type { Lock, Locker } from '@tus/server'
import { AppError } from '#lib/vocabulary/errors.ts'

/** The right to work on an upload. The signal aborts when a newer request takes over. */
export interface HeldUpload {
  incoming: IncomingMessage
  signal: AbortSignal
  release(): void
}

/**
 * Allows one request at a time per upload. A newer request aborts the older one: it is the same client on a new
 * connection while the server still waits for the dead one.
 */
export class UploadLock {
  readonly #last = new Map<string, { cut(): void; done: Promise<void> }>()
  readonly #holders = new Map<string, HeldUpload>()

  async acquire(id: string, incoming: IncomingMessage): Promise<HeldUpload> {
    const before = this.#last.get(id)
    const controller = new AbortController()
    const { promise: done, resolve } = Promise.withResolvers<void>()
    const mine = { cut: () => controller.abort(new AppError('upload_taken_over')), done }
    this.#last.set(id, mine)
    before?.cut()
    await before?.done
    const release = () => {
      this.#holders.delete(id)
      if (this.#last.get(id) === mine) this.#last.delete(id)
      resolve()
    }
    const held = { incoming, signal: controller.signal, release }
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
