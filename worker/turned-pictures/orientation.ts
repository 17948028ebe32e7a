import { open } from 'node:fs/promises'
import { imageSize } from 'image-size'
import { jpegSegments } from '#lib/scan/jpeg-segments.ts'
import type { Source } from '#lib/scan/source.ts'
import { sourceOfFile } from '#worker/file-source.ts'

const START = Buffer.from([0xff, 0xd8])
/** Behind the marker and the length. */
const EXIF_AT = 4

/** What makes a picture upright: it is mirrored first, then rotated clockwise. */
export interface Rotation {
  degrees: 0 | 90 | 180 | 270
  isMirrored: boolean
}

const UPRIGHT: Rotation = { degrees: 0, isMirrored: false }
/** By the number of EXIF and TIFF. */
const ROTATIONS: Readonly<Record<number, Rotation>> = {
  2: { degrees: 0, isMirrored: true },
  3: { degrees: 180, isMirrored: false },
  4: { degrees: 180, isMirrored: true },
  5: { degrees: 270, isMirrored: true },
  6: { degrees: 90, isMirrored: false },
  7: { degrees: 90, isMirrored: true },
  8: { degrees: 270, isMirrored: false },
}

/** What this orientation asks for; nothing, where it has no meaning. */
export const rotationFor = (orientation: number): Rotation => ROTATIONS[orientation] ?? UPRIGHT

/** The rotation in the EXIF data of a JPEG. */
export async function rotationOf(path: string): Promise<Rotation> {
  const file = await open(path)
  try {
    return rotationFor(orientationIn(await shortHead(await sourceOfFile(file))))
  } finally {
    await file.close()
  }
}

/** The head without colour profiles, previews and maps of depth, which may be megabytes in front of the size. */
async function shortHead(source: Source): Promise<Buffer> {
  let exif: Buffer | undefined
  for await (const { isFrame, head, start, end } of jpegSegments(source)) {
    if (isFrame) return Buffer.concat([START, exif ?? Buffer.alloc(0), await source.read(start, end)])
    // Only the first counts; a hostile file may have thousands.
    if (head.indexOf('Exif') === EXIF_AT) exif ??= await source.read(start, end)
  }
  return START
}

/** An unreadable header means no rotation; the engine decides whether the picture can be opened. */
function orientationIn(head: Buffer): number {
  try {
    return imageSize(head).orientation ?? 1
  } catch {
    return 1
  }
}
