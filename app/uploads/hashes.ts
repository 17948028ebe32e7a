import { createHash, type Hash } from 'node:crypto'
import type { UploadSpool } from '#lib/spool.ts'

/** Of so many uploads the hash is kept while they wait for their next part; of others the bytes are read again. */
const MOST_KEPT = 1000

/** A SHA-256 that knows how many bytes it has seen. */
export class RunningHash {
  readonly #hash: Hash
  bytes: number

  constructor(hash = createHash('sha256'), bytes = 0) {
    this.#hash = hash
    this.bytes = bytes
  }

  update(data: Buffer): void {
    this.#hash.update(data)
    this.bytes += data.length
  }

  fork(): RunningHash {
    return new RunningHash(this.#hash.copy(), this.bytes)
  }

  /** In hexadecimal, of what it has seen so far. */
  digest(): string {
    return this.#hash.copy().digest('hex')
  }
}

/**
 * The hashes of uploads from part to part. They live in memory, since OpenSSL’s state cannot be written down: after a
 * restart, or parts that another process took, the stored bytes are read once to catch up.
 */
export class RunningHashes {
  readonly #spool: UploadSpool
  readonly #kept = new Map<string, RunningHash>()

  constructor(spool: UploadSpool) {
    this.#spool = spool
  }

  /** A hash over exactly the first `bytes` bytes of what is stored. @throws AppError `file_not_found` */
  async upTo(id: string, bytes: number): Promise<RunningHash> {
    const kept = this.#kept.get(id)
    const hash = kept && kept.bytes <= bytes ? kept.fork() : new RunningHash()
    if (hash.bytes < bytes) {
      const missed = await this.#spool.readBack(id, { start: hash.bytes, end: bytes - 1 })
      for await (const chunk of missed) hash.update(chunk)
    }
    return hash
  }

  keep(id: string, hash: RunningHash): void {
    this.#kept.delete(id)
    this.#kept.set(id, hash)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break
      this.#kept.delete(oldest)
    }
  }

  forget(id: string): void {
    this.#kept.delete(id)
  }
}
