import type { Source } from './source.ts'

const [IMAGE_WIDTH, IMAGE_LENGTH] = [256, 257]
const SHORT = 3
const MAX_PAGES = 1000
const MAX_TAGS = 200

/** Where numbers stand in the classic form and in the one for large files, in bytes. */
interface Layout {
  first: number
  offsetBytes: 4 | 8
  countBytes: 2 | 8
  tagBytes: number
  valueAt: number
}
const CLASSIC: Layout = { first: 4, offsetBytes: 4, countBytes: 2, tagBytes: 12, valueAt: 8 }
const BIG: Layout = { first: 8, offsetBytes: 8, countBytes: 8, tagBytes: 20, valueAt: 12 }

/** Pixels of the largest page: their sizes stand in lists that may lie anywhere and point at each other. */
export async function pixelsOfTiff(source: Source, head: Buffer): Promise<number> {
  const numbers = new Numbers(head.readUInt8(0) === 0x49)
  const layout = numbers.read(head, 2, 2) === 43 ? BIG : CLASSIC
  let most = 0
  let list = numbers.read(head, layout.first, layout.offsetBytes)
  for (let page = 0; page < MAX_PAGES && list > 0 && list < source.size; page++) {
    const count = numbers.read(await source.read(list, list + layout.countBytes), 0, layout.countBytes)
    const begin = list + layout.countBytes
    const bytes = Math.min(count, MAX_TAGS) * layout.tagBytes
    const tags = await source.read(begin, begin + bytes)
    most = Math.max(most, numbers.pixels(tags, layout))
    const end = begin + count * layout.tagBytes
    list = numbers.read(await source.read(end, end + layout.offsetBytes), 0, layout.offsetBytes)
  }
  return most
}

class Numbers {
  readonly #lowFirst: boolean

  constructor(lowFirst: boolean) {
    this.#lowFirst = lowFirst
  }

  /** 0 where the file has ended. */
  read(bytes: Buffer, at: number, size: 2 | 4 | 8): number {
    if (bytes.length < at + size) return 0
    if (size === 8) return Number(this.#lowFirst ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
    return this.#lowFirst ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size)
  }

  pixels(tags: Buffer, { tagBytes, valueAt }: Layout): number {
    const sides = new Map<number, number>()
    for (let at = 0; at + tagBytes <= tags.length; at += tagBytes) {
      const size = this.read(tags, at + 2, 2) === SHORT ? 2 : 4
      sides.set(this.read(tags, at, 2), this.read(tags, at + valueAt, size))
    }
    return (sides.get(IMAGE_WIDTH) ?? 0) * (sides.get(IMAGE_LENGTH) ?? 0)
  }
}
