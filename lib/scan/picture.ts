import { AppError } from '#lib/vocabulary/errors.ts'
import { jpegSegments } from './jpeg-segments.ts'
import type { ScanLimits } from './scan-limits.ts'
import type { Source } from './source.ts'
import { pixelsOfTiff } from './tiff.ts'

/** Reads a picture's pixel count from its header; undefined for other files and for headers without a size. */
type Measure = (source: Source, head: Buffer) => Promise<number | undefined> | number | undefined

const HEAD_BYTES = 64
/** Only a malicious GIF has this many blocks before its first frame. */
const MAX_BLOCKS = 2000
const MEASURES: [RegExp, Measure][] = [
  [/^89504e470d0a1a0a/, (_, head) => head.readUInt32BE(16) * head.readUInt32BE(20)],
  [/^ffd8ff/, pixelsOfJpeg],
  [/^474946383/, pixelsOfGif],
  [/^424d/, (_, head) => pixelsOfBitmap(head)],
  [/^49492a00/, pixelsOfTiff],
  [/^4d4d002a/, pixelsOfTiff],
  [/^49492b00/, pixelsOfTiff],
  [/^4d4d002b/, pixelsOfTiff],
  [/^52494646........57454250/, (_, head) => pixelsOfWebp(head)],
]

/** Whether these first bytes belong to a picture. */
export function isPicture(head: Buffer): boolean {
  return measureFor(head) !== undefined
}

/**
 * Refuses a picture that is too large when drawn. It reads only the header.
 * @throws AppError `image_too_large`
 */
export async function refuseHugePicture(source: Source, limits: ScanLimits): Promise<void> {
  // The smallest pictures are shorter than the head that other formats need.
  const head = Buffer.concat([await source.read(0, HEAD_BYTES), Buffer.alloc(HEAD_BYTES)])
  const pixels = (await measureFor(head)?.(source, head)) ?? 0
  if (pixels <= limits.pixels) return
  throw new AppError('image_too_large', {
    details: { megapixels: Math.round(pixels / 1e6), limit: limits.pixels / 1e6 },
  })
}

function measureFor(head: Buffer): Measure | undefined {
  const first = head.toString('hex', 0, 12)
  return MEASURES.find(([magic]) => magic.test(first))?.[1]
}

async function pixelsOfJpeg(source: Source): Promise<number | undefined> {
  for await (const { isFrame, head } of jpegSegments(source))
    if (isFrame) return head.readUInt16BE(5) * head.readUInt16BE(7)
  return undefined
}

/** The canvas, or the first frame where that is larger: LibreOffice allocates both. */
async function pixelsOfGif(source: Source, head: Buffer): Promise<number> {
  const canvas = head.readUInt16LE(6) * head.readUInt16LE(8)
  const flags = head.readUInt8(10)
  let at = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)
  for (let block = 0; block < MAX_BLOCKS; block++) {
    const piece = await source.read(at, at + 9)
    if (piece.length < 9) break
    if (piece.readUInt8(0) === 0x2c) return Math.max(canvas, piece.readUInt16LE(5) * piece.readUInt16LE(7))
    // Extensions: two bytes, then blocks that begin with their length; an empty one is the last.
    if (piece.readUInt8(0) === 0x21) at += 2
    else if (piece.readUInt8(0) === 0) at += 1
    else at += 1 + piece.readUInt8(0)
  }
  return canvas
}

function pixelsOfBitmap(head: Buffer): number | undefined {
  // “BM” alone is not enough: the size of the header after it has only a few valid values.
  const headerBytes = head.readUInt32LE(14)
  if (![12, 40, 52, 56, 64, 108, 124].includes(headerBytes)) return undefined
  if (headerBytes === 12) return head.readUInt16LE(18) * head.readUInt16LE(20)
  // A negative height means that the rows begin at the top.
  return Math.abs(head.readInt32LE(18) * head.readInt32LE(22))
}

function pixelsOfWebp(head: Buffer): number | undefined {
  const kind = head.toString('latin1', 12, 16)
  if (kind === 'VP8X') return (head.readUIntLE(24, 3) + 1) * (head.readUIntLE(27, 3) + 1)
  if (kind === 'VP8 ') return (head.readUInt16LE(26) & 0x3fff) * (head.readUInt16LE(28) & 0x3fff)
  if (kind !== 'VP8L') return undefined
  const bits = head.readUInt32LE(21)
  return ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1)
}
