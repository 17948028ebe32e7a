import yauzl from 'yauzl'
import { AppError } from '#lib/vocabulary/errors.ts'
import { corrupt } from './finding.ts'
import type { Source } from './source.ts'

/** Shows a source to yauzl, and keeps errors of the disk apart from errors of the file. */
export class RangeReader extends yauzl.RandomAccessReader {
  readonly #source: Source
  #failure: unknown

  constructor(source: Source) {
    super()
    this.#source = source
  }

  /** Runs a step of yauzl; what it dislikes becomes `corrupt_file`, what the source throws stays as it is. */
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
    // yauzl wants the number of bytes as well; its types do not know.
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
