import { buffer } from 'node:stream/consumers'
import { crc32, deflateSync } from 'node:zlib'
import { incompressible } from './archive.ts'

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
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND')])
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
