import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { crc32 } from 'node:zlib'
import type { ObjectStore } from '#lib/storage.ts'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { brokenAfter, chunkStream, endless, KEY, MB, refusal, sha256 } from '#test/stored-bytes.ts'
import { until } from '#test/until.ts'

/**
 * What every implementation of ObjectStore must do. `open` gives an empty one and a function that clears it away. A
 * listing may be late, so it is asked again until it shows what is due.
 */
export function storageConformance(
  name: string,
  open: () => Promise<{ storage: ObjectStore; close(): Promise<void> }>,
): void {
  describe(`${name} as ObjectStore`, () => {
    let storage: ObjectStore
    let close: () => Promise<void>
    beforeEach(async () => {
      const opened = await open()
      storage = opened.storage
      close = opened.close
    })
    afterEach(() => close())

    const keys = async (prefix: string) => (await Readable.from(storage.list(prefix)).toArray()).sort()
    const listed = (expected: string[], prefix = 'jobs/') =>
      until(`${prefix} lists ${expected.length} keys`, async () =>
        isDeepStrictEqual(await keys(prefix), expected),
      )
    const leftNothing = async () => {
      assert.equal(await storage.size(KEY), undefined)
      await listed([])
    }
    const bytesAt = async (key = KEY) => buffer(await storage.read(key))

    describe('write', () => {
      it('stores every byte and returns size and checksums', async () => {
        const data = randomBytes(3 * MB)
        const stored = await storage.write(KEY, Readable.from(chunkStream(data)))
        assert.deepEqual(stored, { bytes: data.length, sha256: sha256(data), crc32: crc32(data) })
        assert.deepEqual(await bytesAt(), data)
        assert.equal(await storage.size(KEY), data.length)
      })

      it('stores an empty file', async () => {
        const stored = await storage.write(KEY, Readable.from([]))
        assert.deepEqual(stored, { bytes: 0, sha256: sha256(Buffer.alloc(0)), crc32: 0 })
        assert.equal(await storage.size(KEY), 0)
      })

      it('replaces the file that was there', async () => {
        await storage.write(KEY, Readable.from([Buffer.from('the longer old one')]))
        await storage.write(KEY, Readable.from([Buffer.from('new')]))
        assert.equal((await bytesAt()).toString(), 'new')
      })

      it('shows nothing under the key before the last byte has arrived', async () => {
        const source = new PassThrough()
        const writing = storage.write(KEY, source)
        source.write('half')
        await new Promise(resolve => setImmediate(resolve))
        assert.equal(await storage.size(KEY), undefined)
        source.end(' and half')
        await writing
        assert.equal((await bytesAt()).toString(), 'half and half')
      })

      it('takes a file of exactly maxBytes', async () => {
        await storage.write(KEY, Readable.from([Buffer.alloc(1000)]), { maxBytes: 1000 })
        assert.equal(await storage.size(KEY), 1000)
      })

      it('refuses more than maxBytes, names the limit in MB and leaves nothing', async () => {
        const source = Readable.from(endless())
        await assert.rejects(storage.write(KEY, source, { maxBytes: 2.5 * MB }), (error: AppError) => {
          assert.equal(error.code, 'too_large')
          assert.match(error.toJobError().message, /larger than 2\.5 MB/)
          return true
        })
        assert.equal(source.destroyed, false, 'a request must stay alive for its answer')
        source.destroy()
        await leftNothing()
      })

      it('keeps the old file when the new one is refused', async () => {
        await storage.write(KEY, Readable.from([Buffer.from('old')]))
        const source = Readable.from(endless())
        await assert.rejects(storage.write(KEY, source, { maxBytes: MB }), refusal('too_large'))
        source.destroy()
        assert.equal((await bytesAt()).toString(), 'old')
      })

      it('leaves nothing when the stream breaks', async () => {
        await assert.rejects(storage.write(KEY, brokenAfter([Buffer.alloc(MB)])), /the line went dead/)
        await leftNothing()
      })

      it('leaves nothing when it is aborted in the middle, and says why', async () => {
        const stop = new AbortController()
        const source = new PassThrough()
        const writing = storage.write(KEY, source, { signal: stop.signal })
        source.write(Buffer.alloc(1000))
        await new Promise(resolve => setImmediate(resolve))
        stop.abort(new Error('the person changed their mind'))
        await assert.rejects(writing, /changed their mind/)
        await leftNothing()
      })

      it('does not begin when it is aborted already', async () => {
        const signal = AbortSignal.abort(new Error('too late'))
        await assert.rejects(storage.write(KEY, Readable.from(['x']), { signal }), /too late/)
        await leftNothing()
      })

      it('lets one of two writers win whole', async () => {
        const [one, two] = [Buffer.alloc(2 * MB, 1), Buffer.alloc(2 * MB, 2)]
        await Promise.all([one, two].map(data => storage.write(KEY, Readable.from(chunkStream(data)))))
        const found = await bytesAt()
        assert.ok(found.equals(one) || found.equals(two))
      })
    })

    it('says how many bytes are free, or that it knows no end', async () => {
      const freeBytes = await storage.freeBytes()
      assert.ok(freeBytes === null || (Number.isSafeInteger(freeBytes) && freeBytes > 0))
    })

    describe('read', () => {
      it('gives a range with both ends included', async () => {
        await storage.write(KEY, Readable.from([Buffer.from('0123456789')]))
        const part = await buffer(await storage.read(KEY, { start: 2, end: 4 }))
        assert.equal(part.toString(), '234')
      })

      it('gives what there is of a range that goes beyond the end', async () => {
        await storage.write(KEY, Readable.from([Buffer.from('0123456789')]))
        assert.equal((await buffer(await storage.read(KEY, { start: 8, end: 99 }))).toString(), '89')
      })

      it('says file_not_found for what is not there, and for a prefix that is', async () => {
        await storage.write(KEY, Readable.from(['x']))
        for (const key of ['jobs/none/source', 'jobs/0b7c', `${KEY}/below`]) {
          await assert.rejects(storage.read(key), refusal('file_not_found'))
          assert.equal(await storage.size(key), undefined)
        }
      })

      it('goes on to the end when the file is deleted in the middle', async () => {
        const data = randomBytes(2 * MB)
        await storage.write(KEY, Readable.from(chunkStream(data)))
        const reading = await storage.read(KEY)
        await storage.delete(KEY)
        assert.deepEqual(await buffer(reading), data)
      })
    })

    describe('delete and list', () => {
      const put = (...all: string[]) => Promise.all(all.map(key => storage.write(key, Readable.from(['x']))))

      it('lists every key below a prefix and none beside it', async () => {
        await put('jobs/1/source', 'jobs/1/result-1', 'jobs/12/source', 'other/1/source')
        await listed(['jobs/1/result-1', 'jobs/1/source'], 'jobs/1/')
        await listed(['jobs/1/result-1', 'jobs/1/source', 'jobs/12/source'])
        await listed([], 'none/')
      })

      it('deletes one file and leaves its neighbours', async () => {
        await put('jobs/1/source', 'jobs/1/result-1')
        await storage.delete('jobs/1/source')
        await listed(['jobs/1/result-1'])
      })

      it('deletes all below a prefix and nothing whose name only begins like it', async () => {
        await put('jobs/1/source', 'jobs/1/result-1', 'jobs/12/source')
        await storage.delete('jobs/1/')
        await listed(['jobs/12/source'])
      })

      it('finds nothing wrong with deleting what is not there', async () => {
        await storage.delete(KEY)
        await storage.delete('jobs/0b7c/')
        await listed([])
      })

      it('takes a bare name for a file, never for all below it', async () => {
        await put('jobs/1/source')
        await storage.delete('jobs/1')
        await listed(['jobs/1/source'])
      })

      it('can write where a delete cleared away a moment before', async () => {
        const rounds = Array.from({ length: 50 }, (_, i) => i)
        await Promise.all(rounds.map(i => put(`jobs/same/${i}`).then(() => storage.delete(`jobs/same/${i}`))))
        await put('jobs/same/last')
        await listed(['jobs/same/last'])
      })

      it('can write beside deletes that clear the last file away again and again', async () => {
        const lane = async (name: number) => {
          for (let n = 0; n < 40; n++) {
            await storage.write(`few/${name}`, Readable.from(['x']))
            await storage.delete(`few/${name}`)
          }
        }
        await Promise.all([1, 2, 3, 4, 5, 6].map(lane))
        await listed([], 'few/')
      })
    })

    it('refuses every key that is not a plain path below its root', async () => {
      const unsafe = [
        '',
        '/',
        '..',
        '../x',
        'a/../../x',
        'a/..',
        '/etc/passwd',
        'a//b',
        'a/./b',
        'a\\b',
        'a\0b',
      ]
      for (const key of [...unsafe, '.hidden/x', `a/${'x'.repeat(300)}`]) {
        await assert.rejects(storage.write(key, Readable.from(['x'])), refusal('unsafe_key'), `write ${key}`)
        await assert.rejects(storage.read(key), refusal('unsafe_key'), `read ${key}`)
        await assert.rejects(storage.size(key), refusal('unsafe_key'), `size ${key}`)
        await assert.rejects(storage.delete(key), refusal('unsafe_key'), `delete ${key}`)
        await assert.rejects(keys(`${key}/`), refusal('unsafe_key'), `list ${key}/`)
      }
      await assert.rejects(storage.write('jobs/', Readable.from(['x'])), refusal('unsafe_key'))
      await assert.rejects(keys('jobs'), refusal('unsafe_key'))
    })
  })
}
