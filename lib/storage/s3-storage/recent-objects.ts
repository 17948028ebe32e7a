import { performance } from 'node:perf_hooks'
import type { ByteRange } from '#lib/storage.ts'

/** An object up to this size may be remembered. */
export const SMALL_BYTES = 256 * 1024
const MOST_BYTES = 8 * 1024 * 1024
const KEPT_MS = 10_000

/** Small objects that this process has just written: a source is scanned right after it came. */
export class RecentObjects {
  readonly #kept = new Map<string, { content: Buffer; at: number }>()
  #bytes = 0

  keep(key: string, content: Buffer): void {
    this.forget(key)
    if (content.length > SMALL_BYTES) return
    this.#kept.set(key, { content, at: performance.now() })
    this.#bytes += content.length
    for (const [oldest, { at }] of this.#kept) {
      if (this.#bytes <= MOST_BYTES && performance.now() - at < KEPT_MS) break
      this.forget(oldest)
    }
  }

  find(key: string, { start, end }: ByteRange = { start: 0, end: SMALL_BYTES }): Buffer | undefined {
    const kept = this.#kept.get(key)
    if (!kept || performance.now() - kept.at >= KEPT_MS) return undefined
    // A copy: its reader may free it.
    return Buffer.from(kept.content.subarray(start, end + 1))
  }

  /** @param keyOrPrefix with a slash at the end, all keys that begin so */
  forget(keyOrPrefix: string): void {
    const keys = keyOrPrefix.endsWith('/')
      ? [...this.#kept.keys()].filter(key => key.startsWith(keyOrPrefix))
      : [keyOrPrefix]
    for (const key of keys) {
      this.#bytes -= this.#kept.get(key)?.content.length ?? 0
      this.#kept.delete(key)
    }
  }
}
