import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import { openS3Client } from '#lib/aws/s3-client.ts'
import { sourceKey } from '#lib/jobs.ts'
import type { UploadSpool } from '#lib/spool.ts'
import { Commits, NOTHING } from '#lib/spools/s3-spool/commits.ts'
import { sweepMultiparts, sweepTickets } from '#lib/spools/s3-spool/leftovers.ts'
import { SpoolBucket } from '#lib/spools/s3-spool/spool-bucket.ts'
import { TicketObjects } from '#lib/spools/s3-spool/ticket-objects.ts'
import { openS3Spool } from '#lib/spools/s3-spool.ts'
import { openS3Storage } from '#lib/storage/s3-storage.ts'
import type { ObjectStore } from '#lib/storage.ts'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { WHY_NO_RADOSGW } from '#test/radosgw/why-no-radosgw.ts'
import { Radosgw } from '#test/radosgw.ts'
import { chunkStream, MB, refusal } from '#test/stored-bytes.ts'
import { until } from '#test/until.ts'
import { uploadsOfOneProcess } from './s3-spool/uploads-of-one-process.ts'
import { ID } from './spool-conformance/appending.ts'
import { newUploadRecord, spoolConformance } from './spool-conformance.ts'

const WRITER = join(import.meta.dirname, 's3-spool-writer.ts')
const log = pino({ level: 'silent' })
/** As in use, but sooner. In milliseconds. */
const LOCK_TIMES = { holderLooks: 100, drawsLate: 200, showsLife: 200, waitingLooks: 20, silent: 2_000 }

let server: Radosgw | undefined
let bucket: string | undefined

/** A new prefix of one bucket. */
async function openPrefix() {
  server ??= await Radosgw.open()
  bucket ??= await server.makeBucket()
  const { endpoint, region, credentials } = server
  const at = { bucket, prefix: `${randomUUID()}/a b/`, endpoint, region, credentials, log }
  const storage = await openS3Storage(at)
  const s3 = await openS3Client(at)
  const keys = async () => {
    const { Contents = [] } = await s3.listObjectsV2({ Bucket: at.bucket, Prefix: at.prefix })
    return Contents.map(({ Key = '' }) => Key.slice(at.prefix.length))
  }
  // With a storage of its own, as another process has.
  const open = async () => openS3Spool({ ...at, storage: await openS3Storage(at), lockTimes: LOCK_TIMES })
  return { at, storage, s3, keys, open }
}

type PutObject = Parameters<OpenedPrefix['s3']['putObject']>[0]
type OpenedPrefix = Awaited<ReturnType<typeof openPrefix>>

describe('uploads in a bucket', { skip: WHY_NO_RADOSGW }, () => {
  after(() => server?.close())

  spoolConformance('a bucket', async () => {
    const { storage, keys, open } = await openPrefix()
    const [spool, beside] = [await open(), await open()]
    const close = async () => {
      await until('no ticket is left', async () => !(await keys()).some(key => key.startsWith('.')))
    }
    return { spool, beside, storage, close }
  })

  describe('in several web processes', () => {
    let opened: OpenedPrefix
    let spool: UploadSpool
    let beside: UploadSpool
    let storage: ObjectStore
    before(async () => {
      opened = await openPrefix()
      storage = opened.storage
    })
    beforeEach(async () => {
      ;[spool, beside] = [await opened.open(), await opened.open()]
    })

    uploadsOfOneProcess(() => ({ spool, beside, storage, keys: opened.keys }))

    const append = (to: UploadSpool, id: string, { data, offset = 0 }: { data: Buffer; offset?: number }) =>
      to.append(id, Readable.from(chunkStream(data)), { offset })
    const keysOf = async (id: string) => (await opened.keys()).filter(key => key.includes(id))

    it('a large upload that is cut in one goes on in another, and is one object in the end', async () => {
      const id = randomUUID()
      const data = randomBytes(20 * MB)
      const cut = new PassThrough()
      const lease = await spool.lock(id)
      const appending = spool.append(id, cut, { offset: 0, signal: lease.signal })
      appending.catch(() => lease.release())
      for (const chunk of chunkStream(data.subarray(0, 11 * MB)))
        if (!cut.write(chunk)) await once(cut, 'drain')
      const second = await beside.lock(id)
      await assert.rejects(appending, refusal('upload_taken_over'))
      const offset = await beside.size(id)
      assert.ok(offset > 10 * MB && offset <= 11 * MB, `${offset} bytes were kept`)
      assert.deepEqual(await buffer(await beside.readBack(id)), data.subarray(0, offset))
      assert.equal(await append(beside, id, { data: data.subarray(offset), offset }), data.length)
      await beside.finish(id)
      second.release()
      assert.deepEqual(await buffer(await storage.read(sourceKey(id))), data)
      assert.equal(await spool.size(id), data.length)
      await spool.close(id)
      assert.deepEqual(await keysOf(id), [sourceKey(id)])
    })

    it('an upload in parts of any size is read back and finished as it came', async () => {
      const id = randomUUID()
      const data = randomBytes(21 * MB)
      const sizes = [1, 9 * MB, 100, 5000, 3 * MB, 6 * MB, ...Array(20).fill(70_000), 1]
      let offset = 0
      for (const size of sizes) {
        const part = data.subarray(offset, offset + size)
        offset = await append(offset % 2 ? spool : beside, id, { data: part, offset })
      }
      const whole = data.subarray(0, offset)
      assert.deepEqual(await buffer(await spool.readBack(id)), whole)
      await spool.finish(id)
      assert.deepEqual(await buffer(await storage.read(sourceKey(id))), whole)
    })

    it('of two that append at once without the lock, one goes through whole', async () => {
      const id = randomUUID()
      const parts = [1, 2].map(value => Buffer.alloc(12 * MB, value))
      const outcomes = await Promise.allSettled(
        [spool, beside].map((each, n) => append(each, id, { data: parts[n] ?? Buffer.alloc(0) })),
      )
      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
      const refused = outcomes.find(outcome => outcome.status === 'rejected')
      assert.equal(refused?.reason.code, 'upload_taken_over')
      const found = await buffer(await spool.readBack(id))
      assert.ok(parts.some(part => part.equals(found)))
      assert.equal((await keysOf(id)).length, 2, 'nothing of the other is left')
    })

    it('a part that is verified is seen whole or not at all', async () => {
      const id = randomUUID()
      const part = new PassThrough()
      const appending = spool.append(id, part, { offset: 0, verify: () => {} })
      for (const chunk of chunkStream(Buffer.alloc(10 * MB)))
        if (!part.write(chunk)) await once(part, 'drain')
      await until('a segment is stored', async () => (await keysOf(id)).length > 0)
      assert.equal(await beside.size(id), 0)
      part.end()
      await appending
      assert.equal(await beside.size(id), 10 * MB)
    })

    it('what a late process adds after the end does not reach the source', async () => {
      const id = randomUUID()
      for (const [n, data] of ['whole', ' one'].entries())
        await append(spool, id, { data: Buffer.from(data), offset: n * 5 })
      await beside.finish(id)
      await assert.rejects(
        append(spool, id, { data: Buffer.from('more'), offset: 4 }),
        refusal('wrong_offset'),
      )
      await append(spool, id, { data: Buffer.from('more'), offset: 9 })
      await beside.finish(id)
      assert.equal((await buffer(await storage.read(sourceKey(id)))).toString(), 'whole one')
      assert.equal(await beside.size(id), 9)
    })

    it('a part that is longer than a commit is read back and finished as it came', async () => {
      const id = randomUUID()
      const data = randomBytes(90 * MB)
      const rest = data.subarray(80 * MB)
      assert.equal(await append(spool, id, { data: data.subarray(0, 80 * MB) }), 80 * MB)
      assert.equal(await append(beside, id, { data: rest, offset: 80 * MB }), 90 * MB)
      const range = { start: 79 * MB, end: 81 * MB - 1 }
      assert.deepEqual(
        await buffer(await spool.readBack(id, range)),
        data.subarray(range.start, range.end + 1),
      )
      await spool.finish(id)
      assert.ok((await buffer(await storage.read(sourceKey(id)))).equals(data))
      assert.deepEqual(await keysOf(id), [sourceKey(id)])
    })

    it('a process that lost the lock adds nothing any more', async () => {
      const id = randomUUID()
      const late = new PassThrough()
      const lease = await spool.lock(id)
      const appending = spool.append(id, late, { offset: 0 })
      const outcome = appending.then(
        () => 'kept',
        (error: AppError) => error.code,
      )
      late.write('late')
      const [ticket = ''] = (await opened.keys()).filter(key => key.includes(`.locks/${id}`))
      await opened.s3.deleteObject({ Bucket: opened.at.bucket, Key: opened.at.prefix + ticket })
      const newer = await beside.lock(id)
      if (!lease.signal.aborted) await once(lease.signal, 'abort')
      await append(beside, id, { data: Buffer.from('newer') })
      late.end()
      assert.equal(await outcome, 'upload_taken_over')
      assert.equal((await buffer(await spool.readBack(id))).toString(), 'newer')
      for (const each of [lease, newer]) each.release()
    })

    it('a process that is killed in mid-part leaves what it wrote, and its lock to the next', async () => {
      const id = randomUUID()
      const { log: _, ...settings } = opened.at
      const at = JSON.stringify(settings)
      const writer = spawn(process.execPath, [WRITER, at, id], { stdio: ['ignore', 'pipe', 'inherit'] })
      await once(writer.stdout, 'data')
      await until('a segment arrived', async () => (await spool.size(id)) > 0)
      writer.kill('SIGKILL')
      await once(writer, 'exit')
      const lease = await spool.lock(id)
      const size = await spool.size(id)
      assert.deepEqual(await buffer(await spool.readBack(id)), Buffer.alloc(size, 7))
      assert.equal(await append(spool, id, { data: Buffer.from('!'), offset: size }), size + 1)
      lease.release()
      await spool.drop(id)
    })

    it('a lock is kept while its holder lives, however long it takes', async () => {
      const lease = await spool.lock(ID)
      let taken = false
      const waiting = beside.lock(ID).then(newer => {
        taken = true
        return newer
      })
      const tags = new Set<string>()
      await until('the holder showed life again and again', async () => {
        const { bucket: Bucket, prefix } = opened.at
        const { Contents = [] } = await opened.s3.listObjectsV2({ Bucket, Prefix: `${prefix}.locks/` })
        for (const { ETag = '' } of Contents) tags.add(ETag)
        return tags.size > 6
      })
      assert.equal(taken, false)
      lease.release()
      ;(await waiting).release()
    })

    it('an own write whose answer was lost is not taken for that of another process', async () => {
      const { s3, at } = opened
      const putObject: typeof s3.putObject = async (input: PutObject) => {
        await s3.putObject(input)
        return s3.putObject(input)
      }
      const twice = new SpoolBucket(Object.assign(Object.create(s3), { putObject }), at.bucket, at.prefix)
      const commits = new Commits(twice)
      const commit = () => ({ name: randomUUID(), ahead: [], last: Buffer.from('x') })
      const id = randomUUID()
      const first = await commits.addIfNext(id, NOTHING, commit())
      const second = await commits.addIfNext(id, first, commit())
      await assert.rejects(commits.addIfNext(id, first, commit()), refusal('upload_taken_over'))
      assert.deepEqual(await commits.load(id), second)
    })

    it('what processes began and did not end is swept once it is old enough', async () => {
      const { s3, at } = opened
      const bucket = new SpoolBucket(s3, at.bucket, at.prefix)
      const tickets = new TicketObjects(bucket, '.test/')
      const source = bucket.at(sourceKey(randomUUID()))
      const left = async () => {
        const { Uploads = [] } = await s3.listMultipartUploads({ Bucket: at.bucket })
        return [Uploads.filter(({ Key }) => Key === source.Key).length, (await tickets.all()).length]
      }
      await tickets.draw('some', 1)
      await s3.createMultipartUpload(source)
      const hour = 3_600_000
      for (const [before, expected] of [
        [Date.now() - hour, [1, 1]],
        [Date.now() + hour, [0, 0]],
      ] as const) {
        await sweepTickets(tickets, before)
        await sweepMultiparts(bucket, { prefix: 'jobs/', before })
        assert.deepEqual(await left(), expected)
      }
    })

    it('sweeping leaves everything that is in use', async () => {
      const record = newUploadRecord()
      await spool.open(record)
      await append(spool, record.id, { data: Buffer.from('bytes') })
      const [lease, incoming] = [await spool.lock(record.id), await spool.registerIncoming('a')]
      await until('the file is counted', async () => (await beside.countIncoming('a')) === 1)
      await beside.sweep()
      assert.equal(await beside.countIncoming('a'), 1)
      assert.equal((await opened.keys()).filter(key => key.includes('.locks/')).length, 1)
      assert.equal(await beside.size(record.id), 5)
      for (const each of [lease, incoming]) each.release()
    })
  })
})
