import type { FileHandle } from 'node:fs/promises'

const HEAD_BYTES = 8
const TAG_BYTES = 12
const LOW_FIRST = 'II'
const CLASSIC = 42
/** Says what a picture in the file is for: a bit each for a smaller copy and for a mask. */
const SUBFILE_TYPE = 254
const NO_PAGE = 0b101
/** Lists may lead in a circle. */
const MOST_LISTS = 10_000

/** A TIFF keeps a list of facts for each picture, and in each list where the next one lies. */
export class TiffLists {
  readonly #file: FileHandle
  readonly #lowFirst: boolean
  /** Where the lists of its pages begin, without those of thumbnails and masks. */
  readonly pages: readonly number[]

  private constructor(file: FileHandle, lowFirst: boolean, pages: readonly number[]) {
    this.#file = file
    this.#lowFirst = lowFirst
    this.pages = pages
  }

  /** Of the classic form; in the one for large files, which LibreOffice does not read, no pages are found. */
  static async open(file: FileHandle): Promise<TiffLists> {
    const head = await read(file, 0, HEAD_BYTES)
    const lowFirst = head.toString('latin1', 0, 2) === LOW_FIRST
    const numberAt = (bytes: Buffer, at: number, size: 2 | 4) =>
      lowFirst ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size)
    const pages = new Set<number>()
    const seen = new Set<number>()
    let list = numberAt(head, 2, 2) === CLASSIC ? numberAt(head, 4, 4) : 0
    while (list > 0 && !seen.has(list) && seen.size < MOST_LISTS) {
      seen.add(list)
      const count = numberAt(await read(file, list, 2), 0, 2)
      const tags = await read(file, list + 2, count * TAG_BYTES + 4)
      const isPage = Array.from({ length: count }, (_, n) => n * TAG_BYTES).every(
        at => numberAt(tags, at, 2) !== SUBFILE_TYPE || (numberAt(tags, at + 8, 4) & NO_PAGE) === 0,
      )
      if (isPage && count > 0) pages.add(list)
      list = numberAt(tags, count * TAG_BYTES, 4)
    }
    return new TiffLists(file, lowFirst, [...pages])
  }

  /** Makes this list the first: whoever reads one picture reads its. */
  async makeFirst(list: number): Promise<void> {
    const bytes = Buffer.alloc(4)
    if (this.#lowFirst) bytes.writeUInt32LE(list)
    else bytes.writeUInt32BE(list)
    await this.#file.write(bytes, 0, 4, 4)
  }
}

/** Zeros for what lies beyond the end. */
async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, at)
  return buffer
}
