import { open } from 'node:fs/promises'
import { imageSize } from 'image-size'

/** A photograph tells how it was held before its pixels; thumbnails and colour profiles may stand in front. */
const HEAD_BYTES = 512 * 1024

/** What makes a picture stand as it was seen: left and right change places first, then it is turned clockwise. */
export interface Rotation {
  degrees: 0 | 90 | 180 | 270
  isMirrored: boolean
}

const UPRIGHT: Rotation = { degrees: 0, isMirrored: false }
/** By EXIF's number. */
const ROTATIONS: Readonly<Record<number, Rotation>> = {
  2: { degrees: 0, isMirrored: true },
  3: { degrees: 180, isMirrored: false },
  4: { degrees: 180, isMirrored: true },
  5: { degrees: 270, isMirrored: true },
  6: { degrees: 90, isMirrored: false },
  7: { degrees: 90, isMirrored: true },
  8: { degrees: 270, isMirrored: false },
}

/** How the picture in this file is to be turned, as its EXIF data say. */
export async function rotationOf(path: string): Promise<Rotation> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return ROTATIONS[orientationIn(buffer.subarray(0, bytesRead))] ?? UPRIGHT
  } finally {
    await file.close()
  }
}

/** A header that cannot be read says nothing; whether the picture can be opened is for the engine to tell. */
function orientationIn(head: Buffer): number {
  try {
    return imageSize(head).orientation ?? 1
  } catch {
    return 1
  }
}
