/** Small files that ask for more than a machine has. */
import { constants, deflateSync } from 'node:zlib'
import { chunkOf, SIGNATURE } from './picture.ts'

/** A PNG of one colour: side × side points in a few kilobytes. */
export function hugePicture(side: number): Buffer {
  const row = Buffer.alloc(1 + Math.ceil(side / 8))
  const rows = Buffer.alloc(row.length * side)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  // One bit a point, shades of grey.
  header.set([1, 0], 8)
  const packed = deflateSync(rows, { level: constants.Z_BEST_COMPRESSION })
  return Buffer.concat([SIGNATURE, chunkOf('IHDR', header), chunkOf('IDAT', packed), chunkOf('IEND')])
}
