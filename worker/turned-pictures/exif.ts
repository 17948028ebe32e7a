import { chunksOfPng, chunksOfWebp } from '#lib/scan/frames.ts'
import { jpegSegments } from '#lib/scan/jpeg-segments.ts'
import type { Source } from '#lib/scan/source.ts'
import { isClassicTiff } from '#lib/scan/tiff.ts'
import { stretchOf } from '#lib/scan/window.ts'

/** What precedes EXIF data in a JPEG, and in the WebP of some programs. */
const NAME = Buffer.from('Exif\0\0', 'latin1')
/** Behind the marker and the length of a segment. */
const NAME_AT = 4

type Stretch = { start: number; end: number }

const FINDERS: Readonly<Record<string, (source: Source) => AsyncIterable<Stretch>>> = {
  jpg: exifSegments,
  png: source => chunksCalled('eXIf', chunksOfPng(source)),
  webp: source => chunksCalled('EXIF', chunksOfWebp(source)),
}

/** Whether a picture of this format may have EXIF data. */
export const hasExif = (format: string) => format in FINDERS

/** The EXIF data of a picture, which are a TIFF without pixels; undefined where it has none. The first ones count. */
export async function exifOf(source: Source, format: string): Promise<Source | undefined> {
  for await (const { start, end } of FINDERS[format]?.(source) ?? []) {
    const head = await source.read(start, Math.min(start + NAME.length, end))
    const begin = head.equals(NAME) ? start + NAME.length : start
    const exif = stretchOf(source, begin, Math.max(end - begin, 0))
    return isClassicTiff(await exif.read(0, 4)) ? exif : undefined
  }
  return undefined
}

async function* exifSegments(source: Source): AsyncIterable<Stretch> {
  for await (const { head, start, end } of jpegSegments(source))
    if (head.indexOf('Exif') === NAME_AT) yield { start: start + NAME_AT, end }
}

async function* chunksCalled(
  name: string,
  chunks: AsyncIterable<Stretch & { kind: string }>,
): AsyncIterable<Stretch> {
  for await (const chunk of chunks) if (chunk.kind === name) yield chunk
}
