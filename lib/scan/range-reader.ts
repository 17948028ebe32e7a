import yauzl from 'yauzl'
import { AppError } from '#lib/vocabulary/errors.ts'
import { corrupt } from './finding.ts'
import type { Source } from './source.ts'

/** Adapts a source to yauzl, and separates I/O errors from errors in the file. */
export class RangeReader extends yauzl.RandomAccessReader {
  readonly #source: Source
  #failure: unknown

  constructor(source: Source) {
    super()
    this.#source = source
  }

  /** Runs a step of yauzl. Its own errors become `corrupt_file`; the source's errors pass unchanged. */
  async orFailure<T>(reason: string, step: () => Promise<T>): Promise<T> {
    try {
      return await step()
    } catch (error) {
      if (this.#failure !== undefined) throw this.#failure
      throw error instanceof AppError ? error : corrupt(reason, error)
    }
  }

  override read(
    ...[target, offset, length, position, done]: Parameters<yauzl.RandomAccessReader['read']>
  ): void {
    // yauzl also expects the number of bytes, which its types omit.
    const answer = done as (error: unknown, bytes?: number) => void
    this.#fetch(position, position + length).then(
      bytes => answer(null, bytes.copy(target, offset)),
      error => answer(error),
    )
  }

  async #fetch(start: number, end: number): Promise<Buffer> {
    try {
      return await this.#source.read(start, end)
    } catch (error) {
      this.#failure = error
      throw error
    }
  }
}
