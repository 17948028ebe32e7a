import { open } from 'node:fs/promises'
import { imageSize } from 'image-size'

/** The orientation precedes the pixels; thumbnails and colour profiles may come before it. */
const HEAD_BYTES = 512 * 1024

/** What makes a picture upright: it is mirrored first, then rotated clockwise. */
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

/** The rotation in a picture's EXIF data. */
export async function rotationOf(path: string): Promise<Rotation> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return ROTATIONS[orientationIn(buffer.subarray(0, bytesRead))] ?? UPRIGHT
  } finally {
    await file.close()
  }
}

/** An unreadable header means no rotation; the engine decides whether the picture can be opened. */
function orientationIn(head: Buffer): number {
  try {
    return imageSize(head).orientation ?? 1
  } catch {
    return 1
  }
}
