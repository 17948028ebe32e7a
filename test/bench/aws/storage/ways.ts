import { createHash, randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import { pino } from 'pino'
import { openS3Client, type S3 } from '#lib/aws/s3-client.ts'
import { sourceKey } from '#lib/jobs.ts'
import { openS3Spool } from '#lib/spools/s3-spool.ts'
import { openS3Storage } from '#lib/storage/s3-storage.ts'

export interface WaySettings {
  bucket: string
  endpoint: string
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string }
  /** What is written, or read after it was written there. */
  key: string
  bytes: number
}

/** Moves so many bytes to or from an object. */
type Way = (key: string, bytes: number) => Promise<void>

/** The SDK's own, from where the packages of AWS are. */
type Upload = new (options: { client: S3; params: object }) => { done(): Promise<unknown> }
const { Upload }: { Upload: Upload } = createRequire(import.meta.resolve('#lib/aws/package.json'))(
  '@aws-sdk/lib-storage',
)

const CHUNK = randomBytes(64 * 1024)
const log = pino({ level: 'silent' })

export type WayName = keyof typeof WAYS

export const WAYS = {
  /** The SDK's own upload of a stream, as it comes. */
  async bareWrite(at: WaySettings): Promise<Way> {
    const client = await openS3Client(at)
    return async (Key, bytes) => {
      await new Upload({ client, params: { Bucket: at.bucket, Key, Body: streamOf(bytes) } }).done()
    }
  },

  async bareRead(at: WaySettings): Promise<Way> {
    const client = await openS3Client(at)
    return async Key => drain((await client.getObject({ Bucket: at.bucket, Key })).Body as Readable)
  },

  async storageWrite(at: WaySettings): Promise<Way> {
    const storage = await openS3Storage({ ...at, prefix: '', log })
    return async (key, bytes) => void (await storage.write(key, streamOf(bytes), { ownsChunks: true }))
  },

  async storageRead(at: WaySettings): Promise<Way> {
    const storage = await openS3Storage({ ...at, prefix: '', log })
    return async key => drain(await storage.read(key))
  },

  /** As one request of tus, with the hash that the web process computes; the finishing is another way. */
  async spoolAppend(at: WaySettings): Promise<Way> {
    const spool = await openSpool(at)
    return async (id, bytes) => {
      const hash = createHash('sha256')
      const lease = await spool.lock(id, { isNew: true })
      const options = { offset: 0, maxBytes: bytes, hash, ownsChunks: true, signal: lease.signal }
      await spool.append(id, streamOf(bytes), options)
      lease.release()
    }
  },

  async spoolFinish(at: WaySettings): Promise<Way> {
    const spool = await openSpool(at)
    return id => spool.finish(id)
  },
}

async function openSpool(at: WaySettings) {
  const options = { ...at, prefix: '', log }
  return openS3Spool({ ...options, storage: await openS3Storage(options) })
}

/** The key of what a way has written. */
export function writtenKey(way: WayName, key: string): string {
  return way === 'spoolAppend' || way === 'spoolFinish' ? sourceKey(key) : key
}

/** Each chunk is a buffer of its own, as chunks of a request are. */
function streamOf(bytes: number): Readable {
  return Readable.from(chunks(bytes), { objectMode: false })
}

function* chunks(bytes: number): Iterable<Buffer> {
  for (let left = bytes; left > 0; left -= CHUNK.length) {
    const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK.length, left))
    CHUNK.copy(chunk)
    yield chunk
  }
}

async function drain(body: Readable): Promise<void> {
  body.resume()
  await new Promise<void>((resolve, reject) => {
    body.on('end', resolve).on('error', reject)
  })
}
