import { beyond, malformed, type ProtocolError } from './errors.ts'
import { LIMITS } from './limits.ts'
import type { UnoType } from './types.ts'
import type { UnoValue } from './values.ts'

/** A call of ours that waits for its reply. */
export interface PendingCall {
  readonly returns: UnoType
  /** Nobody waits any more, but the reply will come and has to be read. */
  readonly abandoned: boolean
  resolve(value: UnoValue): void
  reject(error: unknown): void
  /** Stops listening for the caller's signal. */
  settle(): void
}

/**
 * The calls that wait, by the thread id they went out with. Each has an id of its own: LibreOffice runs one thread
 * an id, and the id is all that tells one reply from another.
 */
export class PendingCalls {
  readonly #calls = new Map<string, PendingCall>()
  #next = 0

  get size(): number {
    return this.#calls.size
  }

  /**
   * Opens a call: `send` gets its thread id. Rejects with the signal's reason as soon as it aborts.
   * @throws ProtocolError when too many wait; whatever `send` throws, and then nothing was opened
   */
  open(returns: UnoType, send: (threadId: string) => void, signal?: AbortSignal): Promise<UnoValue> {
    if (this.#calls.size >= LIMITS.pendingCalls) throw beyond('pending calls', LIMITS.pendingCalls)
    const threadId = `n${this.#next++}`
    const { promise, resolve, reject } = Promise.withResolvers<UnoValue>()
    const abandon = () => {
      call.abandoned = true
      reject(signal?.reason)
    }
    const settle = () => signal?.removeEventListener('abort', abandon)
    const call = { returns, abandoned: false, resolve, reject, settle }
    this.#calls.set(threadId, call)
    try {
      send(threadId)
    } catch (error) {
      this.#calls.delete(threadId)
      throw error
    }
    signal?.addEventListener('abort', abandon, { once: true })
    return promise
  }

  /** The call that this reply is for. @throws ProtocolError for a reply to nothing */
  find(threadId: string): PendingCall {
    const call = this.#calls.get(threadId)
    if (!call) throw malformed('a reply to a call that was not made')
    return call
  }

  /** Only once the reply is read: if reading it fails, the call must still be here to be rejected. */
  forget(threadId: string): void {
    this.#calls.get(threadId)?.settle()
    this.#calls.delete(threadId)
  }

  rejectAll(error: ProtocolError): void {
    for (const call of this.#calls.values()) {
      call.settle()
      call.reject(error)
    }
    this.#calls.clear()
  }
}
