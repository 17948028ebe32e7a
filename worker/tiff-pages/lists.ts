import type { FileHandle } from 'node:fs/promises'
import { isClassicTiff, isLowFirst, tiffLists } from '#lib/scan/tiff.ts'
import { sourceOfFile } from '#worker/file-source.ts'

/** Says what a picture in the file is for: a bit each for a smaller copy and for a mask. */
const SUBFILE_TYPE = 254
const NO_PAGE = 0b101
const MOST_LISTS = 10_000
/** Where the place of the first list stands. */
const FIRST_AT = 4

/** Where the lists of a TIFF's pages begin, without those of thumbnails and masks; LibreOffice reads the classic form alone. */
export async function pageListsOf(file: FileHandle): Promise<number[]> {
  const source = await sourceOfFile(file)
  if (!isClassicTiff(await source.read(0, 4))) return []
  const pages: number[] = []
  for await (const { at, values } of tiffLists(source, MOST_LISTS))
    if (values.size > 0 && ((values.get(SUBFILE_TYPE) ?? 0) & NO_PAGE) === 0) pages.push(at)
  return pages
}

/** Makes this list the first: whoever reads one picture reads its. */
export async function makeFirst(file: FileHandle, list: number): Promise<void> {
  const { buffer: head } = await file.read(Buffer.alloc(FIRST_AT), 0, FIRST_AT, 0)
  const bytes = Buffer.alloc(4)
  if (isLowFirst(head)) bytes.writeUInt32LE(list)
  else bytes.writeUInt32BE(list)
  await file.write(bytes, 0, bytes.length, FIRST_AT)
}
