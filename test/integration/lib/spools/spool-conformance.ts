import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { sourceKey } from '#lib/jobs.ts'
import type { UploadRecord, UploadSpool } from '#lib/spool.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { chunkStream, MB, refusal } from '#test/stored-bytes.ts'
import { until } from '#test/until.ts'
import { appendingConformance, ID, OTHER_ID } from './spool-conformance/appending.ts'
import { lockingConformance } from './spool-conformance/locking.ts'

export interface SpoolUnderTest {
  spool: UploadSpool
  /** The same spool as another process has it: it knows nothing of what `spool` remembers. */
  beside: UploadSpool
  storage: ObjectStore
  close(): Promise<void>
}

export function newUploadRecord(changes: Partial<UploadRecord> = {}): UploadRecord {
  const [createdAt, expiresAt] = [0, 60_000].map(ms => new Date(Date.now() + ms).toISOString())
  if (!createdAt || !expiresAt) throw new Error('two moments are due')
  return { id: randomUUID(), owner: 'a', listed: true, length: 1, createdAt, expiresAt, ...changes }
}

/** What every implementation of UploadSpool must do. `open` gives an empty one and a function that clears it away. */
export function spoolConformance(name: string, open: () => Promise<SpoolUnderTest>): void {
  describe(`${name} as UploadSpool`, () => {
    let opened: SpoolUnderTest
    beforeEach(async () => {
      opened = await open()
    })
    afterEach(() => opened.close())

    const both = () => [opened.spool, opened.beside]
    const bytesOf = async (id = ID) => buffer(await opened.spool.readBack(id))
    const append = (id: string, data: Buffer | string, offset = 0) =>
      opened.spool.append(id, Readable.from([Buffer.from(data)]), { offset })
    const listed = (spool: UploadSpool, ids: string[]) =>
      until('what is listed is what is open', async () =>
        isDeepStrictEqual((await spool.list()).map(record => record.id).sort(), [...ids].sort()),
      )

    describe('records', () => {
      it('are given back as they were opened, in this process and in another', async () => {
        const plain = newUploadRecord()
        const whole = newUploadRecord({ metadata: { filename: 'Überblick.pptx', is_draft: null } })
        for (const record of [plain, whole]) await opened.spool.open(record)
        for (const spool of both()) {
          assert.deepEqual(await spool.find(plain.id), plain)
          assert.deepEqual(await spool.find(whole.id), whole)
          await listed(spool, [plain.id, whole.id])
          assert.equal(await spool.find(ID), undefined)
          assert.equal(await spool.size(whole.id), 0)
        }
      })

      it('of uploads over their time are there until they are dropped', async () => {
        const over = newUploadRecord({ expiresAt: new Date(0).toISOString() })
        await opened.spool.open(over)
        for (const spool of both()) {
          assert.deepEqual(await spool.find(over.id), over)
          await listed(spool, [over.id])
        }
      })

      it('are gone everywhere once their upload was closed or dropped anywhere', async () => {
        const [closed, dropped] = [newUploadRecord(), newUploadRecord()]
        for (const record of [closed, dropped]) await opened.spool.open(record)
        for (const spool of both()) await listed(spool, [closed.id, dropped.id])
        await opened.spool.close(closed.id)
        await opened.beside.drop(dropped.id)
        for (const spool of both()) {
          assert.equal(await spool.find(closed.id), undefined)
          assert.equal(await spool.find(dropped.id), undefined)
          await listed(spool, [])
        }
      })
    })

    appendingConformance({
      get spool() {
        return opened.spool
      },
      bytesOf,
    })

    lockingConformance(() => opened)

    it('counts the files of an owner that come another way, in all processes, until they are released', async () => {
      const counts = (expected: number) =>
        until('all processes count the same', async () =>
          (await Promise.all(both().map(spool => spool.countIncoming('a')))).every(
            found => found === expected,
          ),
        )
      const one = await opened.spool.registerIncoming('a')
      const two = await opened.beside.registerIncoming('a')
      const other = await opened.spool.registerIncoming('someone ~ else/..')
      await counts(2)
      one.release()
      await counts(1)
      assert.equal(await opened.beside.countIncoming('someone ~ else/..'), 1)
      for (const incoming of [two, other]) incoming.release()
      await counts(0)
    })

    describe('parts that come to several processes', () => {
      it('make one upload', async () => {
        const data = randomBytes(3 * MB)
        for (let at = 0; at < data.length; at += MB) {
          const spool = both()[(at / MB) % 2] ?? opened.spool
          const part = Readable.from(chunkStream(data.subarray(at, at + MB)))
          assert.equal(await spool.append(ID, part, { offset: at }), at + MB)
          for (const each of both()) assert.equal(await each.size(ID), at + MB)
        }
        assert.deepEqual(await buffer(await opened.beside.readBack(ID)), data)
        const range = { start: MB - 2, end: MB + 2 }
        assert.deepEqual(await buffer(await opened.beside.readBack(ID, range)), data.subarray(MB - 2, MB + 3))
      })
    })

    describe('concatenate', () => {
      it('appends all of the parts in their order, and leaves them', async () => {
        const parts = [randomUUID(), randomUUID(), randomUUID()]
        for (const [n, part] of parts.entries()) await append(part, Buffer.alloc(MB, n))
        assert.equal(await opened.spool.concatenate(ID, parts.toReversed()), 3 * MB)
        assert.deepEqual(await bytesOf(), Buffer.concat([2, 1, 0].map(n => Buffer.alloc(MB, n))))
        assert.equal(await opened.spool.size(parts[0] ?? ''), MB)
      })

      it('refuses an upload of which something has arrived, and a part of which nothing has', async () => {
        await append(OTHER_ID, 'part')
        await append(ID, 'x')
        await assert.rejects(opened.spool.concatenate(ID, [OTHER_ID]), refusal('wrong_offset'))
        assert.equal((await bytesOf()).toString(), 'x')
        await assert.rejects(
          opened.spool.concatenate(randomUUID(), [randomUUID()]),
          refusal('file_not_found'),
        )
      })
    })

    describe('finish', () => {
      it('makes what arrived the source of its job, whichever process is asked, and again', async () => {
        await append(ID, 'one ')
        await append(ID, 'two', 4)
        for (const spool of [opened.beside, opened.spool]) await spool.finish(ID)
        assert.equal((await buffer(await opened.storage.read(sourceKey(ID)))).toString(), 'one two')
        assert.equal(await opened.storage.size(sourceKey(ID)), 7)
        assert.equal(await opened.spool.size(ID), 7)
        assert.equal((await bytesOf()).toString(), 'one two')
      })

      it('says file_not_found where nothing has arrived', async () => {
        await assert.rejects(opened.spool.finish(ID), refusal('file_not_found'))
        await assert.rejects(opened.spool.readBack(ID), refusal('file_not_found'))
      })

      it('leaves the source to the job when the upload is closed then', async () => {
        const record = newUploadRecord()
        await opened.spool.open(record)
        await append(record.id, 'source')
        await opened.spool.finish(record.id)
        await opened.spool.close(record.id)
        assert.equal(await opened.storage.size(sourceKey(record.id)), 6)
      })
    })

    describe('drop', () => {
      it('leaves nothing of an upload, finished or not, and all of another', async () => {
        const records = [newUploadRecord(), newUploadRecord(), newUploadRecord()]
        for (const record of records) {
          await opened.spool.open(record)
          await append(record.id, 'bytes')
        }
        const [finished, open, kept] = records.map(record => record.id)
        await opened.spool.finish(finished ?? '')
        for (const id of [finished ?? '', open ?? '']) {
          await opened.beside.drop(id)
          assert.equal(await opened.spool.size(id), 0)
          assert.equal(await opened.storage.size(sourceKey(id)), undefined)
        }
        assert.equal(await opened.spool.size(kept ?? ''), 5)
        await listed(opened.spool, [kept ?? ''])
      })

      it('finds nothing wrong with what is not there', async () => {
        await opened.spool.drop(ID)
        await opened.spool.close(ID)
      })
    })

    it('refuses every number that leads elsewhere', async () => {
      for (const id of ['', 'a/b', '.', '..', '../x', '/etc', 'a\\b', 'a\0b', 'x'.repeat(300)]) {
        const record = newUploadRecord({ id })
        const source = Readable.from(['x'])
        await assert.rejects(opened.spool.open(record), refusal('unsafe_key'), `open ${id}`)
        await assert.rejects(opened.spool.find(id), refusal('unsafe_key'), `find ${id}`)
        await assert.rejects(opened.spool.lock(id), refusal('unsafe_key'), `lock ${id}`)
        await assert.rejects(opened.spool.size(id), refusal('unsafe_key'), `size ${id}`)
        await assert.rejects(
          opened.spool.append(id, source, { offset: 0 }),
          refusal('unsafe_key'),
          `append ${id}`,
        )
        await assert.rejects(opened.spool.finish(id), refusal('unsafe_key'), `finish ${id}`)
        await assert.rejects(opened.spool.close(id), refusal('unsafe_key'), `close ${id}`)
        await assert.rejects(opened.spool.drop(id), refusal('unsafe_key'), `drop ${id}`)
      }
      await listed(opened.spool, [])
    })
  })
}
