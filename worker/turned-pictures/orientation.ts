import { open } from 'node:fs/promises'
import type { Source } from '#lib/scan/source.ts'
import { ORIENTATION, tiffLists } from '#lib/scan/tiff.ts'
import { inOrder } from '#lib/scan/window.ts'
import { sourceOfFile } from '#worker/file-source.ts'
import { exifOf } from './exif.ts'

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

/** The rotation that the EXIF data of a picture tell. */
export async function rotationOf(path: string, format: string): Promise<Rotation> {
  const file = await open(path)
  try {
    const exif = await exifOf(inOrder(await sourceOfFile(file)), format)
    return exif ? rotationFor(await orientationIn(exif)) : UPRIGHT
  } finally {
    await file.close()
  }
}

/** Of the first directory: a second one is that of a thumbnail. */
async function orientationIn(exif: Source): Promise<number> {
  for await (const { values } of tiffLists(exif, 1)) return values.get(ORIENTATION) ?? 1
  return 1
}
