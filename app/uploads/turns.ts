import type { IncomingMessage } from 'node:http'
import type { Lock, Locker } from '@tus/server'
import { AppError } from '#lib/vocabulary/errors.ts'

/** The right to work on an upload. The signal aborts when a newer request wants it. */
export interface Turn {
  incoming: IncomingMessage
  signal: AbortSignal
  release(): void
}

/**
 * One request at a time works on an upload. A newer one takes over and the older is cut: it is the same sender, who
 * came back over another line while we still wait for the dead one.
 */
export class Turns {
  readonly #last = new Map<string, { cut(): void; done: Promise<void> }>()
  readonly #holders = new Map<string, Turn>()

  async take(id: string, incoming: IncomingMessage): Promise<Turn> {
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
    const turn = { incoming, signal: controller.signal, release }
    this.#holders.set(id, turn)
    return turn
  }

  /** Whose turn it is. @throws Error where it is nobody's */
  holder(id: string): Turn {
    const turn = this.#holders.get(id)
    if (!turn) throw new Error(`nobody has the turn of upload ${id}`)
    return turn
  }

  /** The same for the tus library, on behalf of one request. */
  lockerFor(incoming: IncomingMessage): Locker {
    const newLock = (id: string): Lock => {
      let turn: Turn | undefined
      return {
        lock: async () => {
          turn = await this.take(id, incoming)
        },
        unlock: async () => turn?.release(),
      }
    }
    return { newLock }
  }
}
