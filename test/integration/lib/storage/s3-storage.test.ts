import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, describe, it, type TestContext } from 'node:test'
import { crc32 } from 'node:zlib'
import { pino } from 'pino'
import { openS3Client } from '#lib/aws/s3-client.ts'
import { ConfigError } from '#lib/config.ts'
import { openS3Storage } from '#lib/storage/s3-storage.ts'
import { WHY_NO_RADOSGW } from '#test/radosgw/why-no-radosgw.ts'
import { Radosgw } from '#test/radosgw.ts'
import { chunkStream, KEY, MB, refusal, sha256 } from '#test/stored-bytes.ts'
import { until } from '#test/until.ts'
import { storageConformance } from './storage-conformance.ts'

const log = pino({ level: 'silent' })
let server: Radosgw | undefined
let bucket: string | undefined

/** A new prefix of one bucket. */
async function openPrefix() {
  server ??= await Radosgw.open()
  bucket ??= await server.makeBucket()
  const { endpoint, region, credentials } = server
  const at = { bucket, prefix: `${randomUUID()}/a b`, endpoint, region, credentials, log }
  return { at, storage: await openS3Storage(at), s3: await openS3Client(at), server }
}

describe('files in a bucket', { skip: WHY_NO_RADOSGW }, () => {
  after(() => server?.close())

  storageConformance('a bucket', async () => {
    const { storage, s3 } = await openPrefix()
    return { storage, close: async () => s3.destroy() }
  })

  it('a large file arrives in parts, and a range over their edges is read', async () => {
    const { storage } = await openPrefix()
    const data = randomBytes(20 * MB)
    const stored = await storage.write(KEY, Readable.from(chunkStream(data)))
    assert.deepEqual(stored, { bytes: data.length, sha256: sha256(data), crc32: crc32(data) })
    const edge = 8 * 1024 * 1024
    const range = { start: edge - 1000, end: edge + 999 }
    assert.deepEqual(await buffer(await storage.read(KEY, range)), data.subarray(range.start, range.end + 1))
    assert.equal(sha256(await buffer(await storage.read(KEY))), stored.sha256)
  })

  it('a large file that is aborted leaves no parts', async () => {
    const { storage, s3, at } = await openPrefix()
    const stop = new AbortController()
    const source = new PassThrough({ highWaterMark: 30 * MB })
    const writing = storage.write(KEY, source, { signal: stop.signal })
    source.write(Buffer.alloc(20 * MB), () => stop.abort(new Error('no more')))
    await assert.rejects(writing, /no more/)
    const { Uploads = [] } = await s3.listMultipartUploads({ Bucket: at.bucket, Prefix: at.prefix })
    assert.deepEqual(Uploads, [])
    assert.equal(await storage.size(KEY), undefined)
  })

  it('a bucket that is missing is made', async () => {
    const { at, s3 } = await openPrefix()
    const name = `made-${randomUUID()}`
    const storage = await openS3Storage({ ...at, bucket: name })
    await storage.write(KEY, Readable.from(['x']))
    const { Contents = [] } = await s3.listObjectsV2({ Bucket: name })
    assert.deepEqual(
      Contents.map(object => object.Key),
      [`${at.prefix}/${KEY}`],
    )
  })

  it('a bucket of others, and credentials that do not fit, are refused with what to check', async () => {
    const { at } = await openPrefix()
    const credentials = { accessKeyId: 'nobody', secretAccessKey: 'nothing' }
    await assert.rejects(openS3Storage({ ...at, credentials }), (error: Error) => {
      assert.ok(error instanceof ConfigError)
      assert.match(error.message, /STORAGE names the bucket “test-.*(403).*credentials/)
      return true
    })
  })

  it('a server that is away keeps nobody from opening, and serves when it is back', async () => {
    const { at, server: gateway } = await openPrefix()
    await gateway.stop()
    const storage = await openS3Storage(at)
    await assert.rejects(storage.size(KEY))
    await gateway.start()
    await storage.write(KEY, Readable.from(['x']))
    assert.equal(await storage.size(KEY), 1)
  })

  it('a full bucket is named as a full storage', async () => {
    const { storage, server: gateway } = await openPrefix()
    const quota = ['--quota-scope=user', '--uid=test']
    await gateway.administer('quota', 'set', ...quota, '--max-size=1M')
    await gateway.administer('quota', 'enable', ...quota)
    // The gateway looks at quotas now and then.
    await until('the quota is kept', () =>
      storage.write(KEY, Readable.from([randomBytes(3 * MB)])).then(() => false, refusal('storage_full')),
    )
    await gateway.administer('quota', 'disable', ...quota)
  })
})

describe('an answer of a bucket', () => {
  /** A server that begins every object of 1000 bytes and then does what `go` says. */
  async function openBeginning(t: TestContext, go: (response: ServerResponse) => void) {
    const server = createServer((request, response) => {
      if (request.method === 'HEAD') return void response.end()
      response.writeHead(200, { 'Content-Length': 1000 })
      response.write('half', () => go(response))
    })
    t.after(() => server.close())
    t.after(() => server.closeAllConnections())
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
    const at = { bucket: 'some', prefix: '', endpoint, region: 'us-east-1', credentials, log }
    return openS3Storage({ ...at, stalledMs: 200 })
  }

  it('that breaks off in the middle is an error, not an end', async t => {
    const storage = await openBeginning(t, response => response.destroy())
    await assert.rejects(buffer(await storage.read(KEY)))
  })

  it('that stalls in the middle is an error, not an endless wait', async t => {
    const storage = await openBeginning(t, () => {})
    await assert.rejects(buffer(await storage.read(KEY)), /sent nothing of an object for 0.2 s/)
  })

  it('that has arrived may be read as slowly as its reader likes', async t => {
    const [whole, stalled] = [
      await openBeginning(t, response => response.end('x'.repeat(996))),
      await openBeginning(t, () => {}),
    ]
    const body = await whole.read(KEY)
    await assert.rejects(buffer(await stalled.read(KEY)))
    assert.equal((await buffer(body)).length, 1000)
  })
})
