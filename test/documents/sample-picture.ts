import { buffer } from 'node:stream/consumers'
import { crc32, deflateSync } from 'node:zlib'
import { incompressible } from './archive.ts'

/** The first bytes of every PNG. */
export const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** A PNG of coloured noise; some three bytes a pixel, since noise does not compress. */
export async function picture(width: number, height: number): Promise<Buffer> {
  const row = 1 + width * 3
  const pixels = await buffer(incompressible(row * height))
  // Each row begins with the number of its filter: 0, none.
  for (let y = 0; y < height; y++) pixels[y * row] = 0
  return pngOf(width, height, pixels)
}

export type Colour = readonly [red: number, green: number, blue: number]
/** Red, green, blue and yellow, far enough apart to be told after JPEG. */
export const QUARTERS: readonly Colour[] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 0],
]

/** A PNG of four quarters in `QUARTERS`: upper left, upper right, lower right, lower left. */
export function quarters(width: number, height: number): Buffer {
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width }, (_, x) => {
      const [left, right] = y < height / 2 ? [0, 1] : [3, 2]
      return QUARTERS[x < width / 2 ? left : right] ?? []
    }).flat(),
  ])
  return pngOf(width, height, Buffer.from(rows.flat()))
}

/** EXIF data that tell how the camera was held, by EXIF's number. */
function exifOfCamera(orientation: number): Buffer {
  const exif = Buffer.from('4d4d002a000000080001011200030000000100000000000000000000', 'hex')
  exif.writeUInt16BE(orientation, 18)
  return exif
}

/** The same JPEG with such data. */
export function heldAs(orientation: number, jpeg: Buffer): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifOfCamera(orientation)])
  const head = Buffer.from('ffd8ffe10000', 'hex')
  head.writeUInt16BE(exif.length + 2, 4)
  return Buffer.concat([head, exif, jpeg.subarray(2)])
}

/** The same PNG with such data. */
export function pngHeldAs(orientation: number, png: Buffer): Buffer {
  return withChunk(chunkOf('eXIf', exifOfCamera(orientation)), png)
}

/** A red WebP, 60 by 40 pixels, with such data behind its pixels. */
export function webpHeldAs(orientation: number, { isNamed = false } = {}): Buffer {
  const name = isNamed ? Buffer.from('Exif\0\0', 'latin1') : Buffer.alloc(0)
  return riffOf(
    Buffer.from('WEBP', 'latin1'),
    riffChunk('VP8X', Buffer.from('080000003b0000270000', 'hex')),
    riffChunk('VP8L', Buffer.from(RED_FRAME, 'hex')),
    riffChunk('EXIF', Buffer.concat([name, exifOfCamera(orientation)])),
  )
}

function riffChunk(kind: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(content.length)
  return Buffer.concat([Buffer.from(kind, 'latin1'), length, content, Buffer.alloc(content.length % 2)])
}

const riffOf = (...parts: Buffer[]) => riffChunk('RIFF', Buffer.concat(parts))

/** The same PNG, which tells its resolution. */
export function withResolution(dotsPerInch: number, png: Buffer): Buffer {
  const dotsPerMetre = Math.round(dotsPerInch / 0.0254)
  const told = Buffer.alloc(9, 1)
  told.writeUInt32BE(dotsPerMetre, 0)
  told.writeUInt32BE(dotsPerMetre, 4)
  return withChunk(chunkOf('pHYs', told), png)
}

function withChunk(chunk: Buffer, png: Buffer): Buffer {
  const headed = SIGNATURE.length + 25
  return Buffer.concat([png.subarray(0, headed), chunk, png.subarray(headed)])
}

/** A PNG of these rows, each of which begins with the number of its filter. */
export function pngOf(width: number, height: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  return Buffer.concat([
    SIGNATURE,
    chunkOf('IHDR', header),
    chunkOf('IDAT', deflateSync(pixels)),
    chunkOf('IEND'),
  ])
}

/** A piece of a PNG with its length and checksum. */
export function chunkOf(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A GIF of a red frame and a blue one, 16 by 16 pixels. */
export function movingGif(frames = 2): Buffer {
  const head = Buffer.from('474946383961 1000 1000 800000 ff0000 0000ff'.replaceAll(' ', ''), 'hex')
  const frame = (colour: number) => {
    const codes: number[] = []
    // A code that clears the table ahead of each pixel keeps every code three bits long.
    for (let pixel = 0; pixel < 256; pixel++) codes.push(4, colour)
    return Buffer.concat([
      Buffer.from('2c000000001000100000', 'hex'),
      Buffer.from([2]),
      blocksOf(bitsOf([...codes, 5], 3)),
    ])
  }
  const all = Array.from({ length: frames }, (_, index) => frame(index % 2))
  return Buffer.concat([head, ...all, Buffer.from([0x3b])])
}

function bitsOf(codes: readonly number[], bits: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil((codes.length * bits) / 8))
  codes.forEach((code, index) => {
    for (let bit = 0; bit < bits; bit++) {
      const at = index * bits + bit
      if (code & (1 << bit)) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7))
    }
  })
  return bytes
}

function blocksOf(bytes: Buffer): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.subarray(at, at + 255)
    blocks.push(Buffer.from([block.length]), block)
  }
  return Buffer.concat([...blocks, Buffer.from([0])])
}

/** The same as a PNG; only its first frame has pixels. */
export function movingPng(frames = 2): Buffer {
  const still = quarters(16, 16)
  const control = Buffer.alloc(8)
  control.writeUInt32BE(frames)
  return Buffer.concat([still.subarray(0, 33), chunkOf('acTL', control), still.subarray(33)])
}

/** The pixels of a WebP of one colour, 60 by 40. */
const [RED_FRAME, BLUE_FRAME] = [
  '2f3bc009000710fd8ffe078084f07fbd18d1ffd407',
  '2f3bc009000710d1fffe078084f07fbd18d1ffd407',
]

/** A WebP of a red frame and a blue one, 60 by 40 pixels. */
export function movingWebp(): Buffer {
  const frames = [RED_FRAME, BLUE_FRAME].map(pixels =>
    riffChunk(
      'ANMF',
      Buffer.concat([
        Buffer.from('0000000000003b000027000064000002', 'hex'),
        riffChunk('VP8L', Buffer.from(pixels, 'hex')),
      ]),
    ),
  )
  return riffOf(
    Buffer.from('WEBP', 'latin1'),
    riffChunk('VP8X', Buffer.from('020000003b0000270000', 'hex')),
    riffChunk('ANIM', Buffer.from('ffffffff0000', 'hex')),
    ...frames,
  )
}
