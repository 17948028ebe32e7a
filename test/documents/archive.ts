import { createCipheriv } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import yauzl from 'yauzl'
import { ZipFile } from 'yazl'

export type Parts = Record<string, string | Buffer>

/** A zip of these parts, in this order. `mimetype` is stored, as OpenDocument wants it. */
export async function archive(parts: Parts): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(parts)) {
    zip.addBuffer(Buffer.from(content), name, { compress: name !== 'mimetype' })
  }
  zip.end()
  return buffer(zip.outputStream as Readable)
}

/** The parts of a small zip, to be put together again in another way. */
export async function partsOf(zipped: Buffer): Promise<Parts> {
  const zip = await yauzl.fromBufferPromise(zipped)
  const parts: Parts = {}
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue
    parts[entry.fileName] = await buffer(await zip.openReadStreamPromise(entry))
  }
  return parts
}

/** So many bytes that no packer makes smaller; the same ones every time, and never all in memory. */
export function incompressible(bytes: number): Readable {
  const CHUNK = 1 << 20
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 7), Buffer.alloc(16))
  return Readable.from(
    (function* () {
      for (let left = bytes; left > 0; left -= CHUNK) yield cipher.update(Buffer.alloc(Math.min(CHUNK, left)))
    })(),
  )
}
