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
