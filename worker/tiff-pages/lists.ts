import type { FileHandle } from 'node:fs/promises'
import { isClassicTiff, isLowFirst, tiffLists } from '#lib/scan/tiff.ts'
import { sourceOfFile } from '#worker/file-source.ts'

/** Says what a picture in the file is for: a bit each for a smaller copy and for a mask. */
const SUBFILE_TYPE = 254
const NO_PAGE = 0b101
const MOST_LISTS = 10_000
/** Where the place of the first list stands. */
const FIRST_AT = 4
const [COUNT_BYTES, TAG_BYTES, OFFSET_BYTES] = [2, 12, 4]

/** Where the lists of a TIFF's pages begin, without those of thumbnails and masks; LibreOffice reads the classic form alone. */
export async function pageListsOf(file: FileHandle): Promise<number[]> {
  const source = await sourceOfFile(file)
  if (!isClassicTiff(await source.read(0, 4))) return []
  const pages: number[] = []
  for await (const { at, values } of tiffLists(source, MOST_LISTS))
    if (values.size > 0 && ((values.get(SUBFILE_TYPE) ?? 0) & NO_PAGE) === 0) pages.push(at)
  return pages
}

/** Makes this list the first and the last: whoever reads one picture reads its, and whoever reads all has no other. */
export async function makeOnly(file: FileHandle, list: number): Promise<void> {
  const isLow = isLowFirst(await bytesAt(file, 0, FIRST_AT))
  const tags = await bytesAt(file, list, COUNT_BYTES)
  const next = list + COUNT_BYTES + (isLow ? tags.readUInt16LE() : tags.readUInt16BE()) * TAG_BYTES
  await file.write(offset(list, isLow), 0, OFFSET_BYTES, FIRST_AT)
  // One that is cut off has no place for it, and needs none.
  const { size } = await file.stat()
  if (next + OFFSET_BYTES <= size) await file.write(offset(0, isLow), 0, OFFSET_BYTES, next)
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
