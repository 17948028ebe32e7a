import { corrupt } from './finding.ts'
import type { Source } from './source.ts'

/** A stream of a Compound File that is read in parts. */
export class CompoundStream {
  readonly size: number
  readonly #source: Source
  readonly #places: readonly number[]
  readonly #unit: number

  /** `places` are the offsets of the stream's pieces in the file; each piece is `unit` bytes long. */
  constructor(
    source: Source,
    { size, places, unit }: { size: number; places: readonly number[]; unit: number },
  ) {
    this.size = size
    this.#source = source
    this.#places = places
    this.#unit = unit
  }

  /** The offset in the file of a byte of the stream. @throws AppError `corrupt_file` */
  place(at: number): number {
    const piece = this.#places[Math.floor(at / this.#unit)]
    if (piece === undefined || at < 0 || at >= this.size) throw corrupt('a part of it lies beyond its end')
    return piece + (at % this.#unit)
  }

  /** The bytes from `start` up to, not including, `end`. @throws AppError `corrupt_file` */
  async read(start: number, end: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for (let at = start; at < end; ) {
      const next = Math.min(end, at - (at % this.#unit) + this.#unit)
      const place = this.place(at)
      parts.push(await this.#source.read(place, place + next - at))
      at = next
    }
    return Buffer.concat(parts)
  }
}
