import type { Source } from './source.ts'

const [IMAGE_WIDTH, IMAGE_LENGTH] = [256, 257]
/** The tag with the number of a picture's orientation. */
export const ORIENTATION = 274
const HEAD_BYTES = 16
const SHORT = 3
const MAX_PAGES = 1000
const MAX_TAGS = 200

/** The field sizes of the classic form and of the one for large files, in bytes. */
interface Layout {
  first: number
  offsetBytes: 4 | 8
  countBytes: 2 | 8
  tagBytes: number
  valueAt: number
}
const CLASSIC: Layout = { first: 4, offsetBytes: 4, countBytes: 2, tagBytes: 12, valueAt: 8 }
const BIG: Layout = { first: 8, offsetBytes: 8, countBytes: 8, tagBytes: 20, valueAt: 12 }

/** One directory of a TIFF: the numbers of a picture by tag. It may lie anywhere in the file. */
export interface TiffList {
  /** The offset where it begins. */
  at: number
  values: ReadonlyMap<number, number>
}

/** Whether these first bytes belong to a TIFF of the classic form, below 4 GB. */
export const isClassicTiff = (head: Buffer) => /^(49492a00|4d4d002a)$/.test(head.toString('hex', 0, 4))

/** Whether its numbers are little-endian. */
export const isLowFirst = (head: Buffer) => head.readUInt8(0) === 0x49

/** At most `most` directories of a TIFF, each once, because directories may point at each other. */
export async function* tiffLists(source: Source, most: number): AsyncGenerator<TiffList> {
  const head = Buffer.concat([await source.read(0, HEAD_BYTES), Buffer.alloc(HEAD_BYTES)])
  const numbers = new Numbers(isLowFirst(head))
  const layout = numbers.read(head, 2, 2) === 43 ? BIG : CLASSIC
  const seen = new Set<number>()
  let at = numbers.read(head, layout.first, layout.offsetBytes)
  while (at > 0 && at < source.size && !seen.has(at) && seen.size < most) {
    seen.add(at)
    const count = numbers.read(await source.read(at, at + layout.countBytes), 0, layout.countBytes)
    const begin = at + layout.countBytes
    const tags = await source.read(begin, begin + Math.min(count, MAX_TAGS) * layout.tagBytes)
    yield { at, values: numbers.values(tags, layout) }
    const end = begin + count * layout.tagBytes
    at = numbers.read(await source.read(end, end + layout.offsetBytes), 0, layout.offsetBytes)
  }
}

/** The pixel count of the largest page. */
export async function pixelsOfTiff(source: Source): Promise<number> {
  let most = 0
  for await (const { values } of tiffLists(source, MAX_PAGES))
    most = Math.max(most, (values.get(IMAGE_WIDTH) ?? 0) * (values.get(IMAGE_LENGTH) ?? 0))
  return most
}

class Numbers {
  readonly #lowFirst: boolean

  constructor(lowFirst: boolean) {
    this.#lowFirst = lowFirst
  }

  /** 0 at the end of the file. */
  read(bytes: Buffer, at: number, size: 2 | 4 | 8): number {
    if (bytes.length < at + size) return 0
    if (size === 8) return Number(this.#lowFirst ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
    return this.#lowFirst ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size)
  }

  values(tags: Buffer, { tagBytes, valueAt }: Layout): Map<number, number> {
    const values = new Map<number, number>()
    for (let at = 0; at + tagBytes <= tags.length; at += tagBytes) {
      const size = this.read(tags, at + 2, 2) === SHORT ? 2 : 4
      values.set(this.read(tags, at, 2), this.read(tags, at + valueAt, size))
    }
    return values
  }
}
