import type { CompoundStream } from '#lib/scan/compound-stream.ts'

/** 2.5.6, FibRgFcLcb97. */
const CLX = 0x1a2
const MOST_BYTES = 16 * 1024 * 1024
const [SKIPPED, PIECES] = [1, 2]
/** 2.9.73, FcCompressed: its characters have one byte each. */
const COMPRESSED = 0x40000000
const DESCRIPTION_BYTES = 8

/** [MS-DOC] 2.8.35: the offsets in the stream of the pieces of a text, whose positions count characters. */
export class PieceTable {
  readonly #words: CompoundStream
  readonly #list: Buffer
  readonly #count: number

  private constructor(words: CompoundStream, list: Buffer) {
    this.#words = words
    this.#list = list
    this.#count = Math.max(0, Math.floor((list.length - 4) / (4 + DESCRIPTION_BYTES)))
  }

  /** @throws AppError `corrupt_file`, RangeError */
  static async read(fib: Buffer, table: CompoundStream, words: CompoundStream): Promise<PieceTable> {
    const [start, length] = [fib.readUInt32LE(CLX), fib.readUInt32LE(CLX + 4)]
    const clx = await table.read(start, start + Math.min(length, MOST_BYTES))
    let at = 0
    while (at + 3 <= clx.length && clx[at] === SKIPPED) at += 3 + clx.readUInt16LE(at + 1)
    if (clx[at] !== PIECES) return new PieceTable(words, Buffer.alloc(0))
    return new PieceTable(words, clx.subarray(at + 5, at + 5 + clx.readUInt32LE(at + 1)))
  }

  /** The characters from `start` up to, not including, `end`, as far as they are in one piece. @throws AppError */
  async text(start: number, end: number): Promise<string> {
    const index = this.#pieceAt(start)
    if (index === undefined || end <= start) return ''
    const first = this.#list.readUInt32LE(4 * index)
    const last = Math.min(end, this.#list.readUInt32LE(4 * (index + 1)))
    const place = this.#list.readUInt32LE(4 * (this.#count + 1) + DESCRIPTION_BYTES * index + 2)
    const isCompressed = (place & COMPRESSED) !== 0
    const bytes = isCompressed ? 1 : 2
    const begin = (place & 0x3fffffff) / (isCompressed ? 2 : 1)
    const from = begin + (start - first) * bytes
    const content = await this.#words.read(from, from + (last - start) * bytes)
    return content.toString(isCompressed ? 'latin1' : 'utf16le')
  }

  #pieceAt(place: number): number | undefined {
    let [low, high] = [0, this.#count - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      if (this.#list.readUInt32LE(4 * middle) > place) high = middle - 1
      else if (this.#list.readUInt32LE(4 * (middle + 1)) <= place) low = middle + 1
      else return middle
    }
    return undefined
  }
}
