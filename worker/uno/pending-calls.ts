import { PROTOCOL_LIMITS } from './protocol-limits.ts'
import type { UnoType } from './types.ts'
import { beyond, malformed, type ProtocolError } from './uno-errors.ts'
import type { UnoValue } from './values.ts'

/** A call of ours that waits for its reply. */
export interface PendingCall {
  readonly returns: UnoType
  /** The caller no longer waits, but the reply will arrive and must be read. */
  readonly abandoned: boolean
  resolve(value: UnoValue): void
  reject(error: unknown): void
  /** Removes the listener for the caller's signal. */
  finish(): void
}

/**
 * The pending calls by thread id: LibreOffice runs one thread per id, and only the id matches a reply to its call. Each
 * call has its own id, except calls made while a thread of the peer waits for us: they use its id, and the last of them
 * is answered first.
 */
export class PendingCalls {
  readonly #calls = new Map<string, PendingCall[]>()
  #size = 0
  #next = 0

  get size(): number {
    return this.#size
  }

  /**
   * Opens a call: `send` receives its thread id, a new one unless given. Rejects with the signal's reason as soon as it
   * aborts.
   * @throws ProtocolError when too many are pending; the error of `send`, and then nothing was opened
   */
  open(
    returns: UnoType,
    send: (threadId: string) => void,
    { signal, threadId = `n${this.#next++}` }: { signal?: AbortSignal | undefined; threadId?: string } = {},
  ): Promise<UnoValue> {
    if (this.#size >= PROTOCOL_LIMITS.pendingCalls)
      throw beyond('pending calls', PROTOCOL_LIMITS.pendingCalls)
    const { promise, resolve, reject } = Promise.withResolvers<UnoValue>()
    const abandon = () => {
      call.abandoned = true
      reject(signal?.reason)
    }
    const finish = () => signal?.removeEventListener('abort', abandon)
    const call = { returns, abandoned: false, resolve, reject, finish }
    this.#push(threadId, call)
    try {
      send(threadId)
    } catch (error) {
      this.forget(threadId)
      throw error
    }
    signal?.addEventListener('abort', abandon, { once: true })
    return promise
  }

  /** The call of this reply. @throws ProtocolError for a reply without a call */
  find(threadId: string): PendingCall {
    const call = this.#calls.get(threadId)?.at(-1)
    if (!call) throw malformed('a reply to a call that was not made')
    return call
  }

  /** Only once the reply is read: if reading fails, the call must still be here to be rejected. */
  forget(threadId: string): void {
    const calls = this.#calls.get(threadId)
    const call = calls?.pop()
    if (!call) return
    call.finish()
    this.#size -= 1
    if (calls?.length === 0) this.#calls.delete(threadId)
  }

  rejectAll(error: ProtocolError): void {
    for (const call of [...this.#calls.values()].flat()) {
      call.finish()
      call.reject(error)
    }
    this.#calls.clear()
    this.#size = 0
  }

  #push(threadId: string, call: PendingCall): void {
    const calls = this.#calls.get(threadId)
    if (calls) calls.push(call)
    else this.#calls.set(threadId, [call])
    this.#size += 1
  }
}
