import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { WrittenFile } from '../storage.ts'

/** Computes the checksums of a file while it is written. */
export class Checksums {
  readonly #sha256 = createHash('sha256')
  #crc32 = 0

  update(chunk: Buffer): void {
    this.#sha256.update(chunk)
    this.#crc32 = crc32(chunk, this.#crc32)
  }

  /** Once, when all was written. */
  finish(): Pick<WrittenFile, 'sha256' | 'crc32'> {
    return { sha256: this.#sha256.digest('hex'), crc32: this.#crc32 }
  }
}
