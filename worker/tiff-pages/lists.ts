import type { FileHandle } from 'node:fs/promises'
import { isClassicTiff, isLowFirst, ORIENTATION, tiffLists } from '#lib/scan/tiff.ts'
import { sourceOfFile } from '#worker/file-source.ts'

/** The tag with a picture's purpose: one bit each for a reduced copy and for a mask. */
const SUBFILE_TYPE = 254
const NO_PAGE = 0b101
const UPRIGHT = 1
/** From this orientation on the picture lies on its side. */
const FIRST_ON_SIDE = 5
/** Where a value stands within its tag. */
const VALUE_AT = 8
const MOST_LISTS = 10_000
/** The offset of the reference to the first directory. */
const FIRST_AT = 4
const [COUNT_BYTES, TAG_BYTES, OFFSET_BYTES] = [2, 12, 4]

/**
 * The offsets of the directories of a TIFF's pages, without thumbnails and masks; LibreOffice only reads the classic
 * form.
 */
export async function pageListsOf(file: FileHandle): Promise<number[]> {
  const source = await sourceOfFile(file)
  if (!isClassicTiff(await source.read(0, 4))) return []
  const pages: number[] = []
  for await (const { at, values } of tiffLists(source, MOST_LISTS))
    if (values.size > 0 && ((values.get(SUBFILE_TYPE) ?? 0) & NO_PAGE) === 0) pages.push(at)
  return pages
}

/** Makes this directory the first and the last, so that every reader finds only this picture. */
export async function makeOnly(file: FileHandle, list: number): Promise<void> {
  const isLow = isLowFirst(await bytesAt(file, 0, FIRST_AT))
  const tags = await bytesAt(file, list, COUNT_BYTES)
  const next = list + COUNT_BYTES + (isLow ? tags.readUInt16LE() : tags.readUInt16BE()) * TAG_BYTES
  await file.write(offset(list, isLow), 0, OFFSET_BYTES, FIRST_AT)
  // A directory that is cut off has no such field and needs none.
  const { size } = await file.stat()
  if (next + OFFSET_BYTES <= size) await file.write(offset(0, isLow), 0, OFFSET_BYTES, next)
}

/**
 * The orientation of a page that lies on its side, which the file then no longer tells: LibreOffice mirrors most of
 * these pages instead of rotating them. Others stay as they are, and count as upright.
 */
export async function takeOrientation(file: FileHandle, list: number): Promise<number> {
  const isLow = isLowFirst(await bytesAt(file, 0, FIRST_AT))
  const read = (bytes: Buffer, at: number) => (isLow ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const count = read(await bytesAt(file, list, COUNT_BYTES), 0)
  const begin = list + COUNT_BYTES
  const tags = await bytesAt(file, begin, count * TAG_BYTES)
  for (let at = 0; at < tags.length; at += TAG_BYTES) {
    if (read(tags, at) !== ORIENTATION) continue
    const orientation = read(tags, at + VALUE_AT)
    if (orientation < FIRST_ON_SIDE) return UPRIGHT
    const upright = Buffer.from(isLow ? [UPRIGHT, 0] : [0, UPRIGHT])
    await file.write(upright, 0, upright.length, begin + at + VALUE_AT)
    return orientation
  }
  return UPRIGHT
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  return (await file.read(Buffer.alloc(length), 0, length, at)).buffer
}

function offset(value: number, isLow: boolean): Buffer {
  const bytes = Buffer.alloc(OFFSET_BYTES)
  if (isLow) bytes.writeUInt32LE(value)
  else bytes.writeUInt32BE(value)
  return bytes
}
