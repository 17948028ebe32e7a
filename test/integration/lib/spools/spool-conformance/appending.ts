import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { describe, it } from 'node:test'
import type { UploadSpool } from '#lib/spool.ts'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { brokenAfter, chunkStream, endless, MB, refusal, sha256 } from '#test/stored-bytes.ts'

export const ID = '0b7c0b7c-0b7c-4b7c-8b7c-0b7c0b7c0b7c'
export const OTHER_ID = '1b7c0b7c-0b7c-4b7c-8b7c-0b7c0b7c0b7c'

/** What is opened anew for each test. */
export interface OpenedSpool {
  readonly spool: UploadSpool
  bytesOf(id?: string): Promise<Buffer>
}

/** What every implementation of UploadSpool must do with the parts of an upload. */
export function appendingConformance(opened: OpenedSpool): void {
  const { bytesOf } = opened
  describe('append', () => {
    it('begins at offset 0 and goes on where it ended', async () => {
      assert.equal(await opened.spool.append(ID, Readable.from([Buffer.from('one ')]), { offset: 0 }), 4)
      assert.equal(await opened.spool.append(ID, Readable.from([Buffer.from('two')]), { offset: 4 }), 7)
      assert.equal((await bytesOf()).toString(), 'one two')
    })

    it('has nothing of an empty stream', async () => {
      assert.equal(await opened.spool.append(ID, Readable.from([]), { offset: 0 }), 0)
      assert.equal(await opened.spool.size(ID), 0)
    })

    it('refuses a wrong offset, names the right one and changes nothing', async () => {
      await opened.spool.append(ID, Readable.from([Buffer.from('four')]), { offset: 0 })
      for (const offset of [0, 3, 5]) {
        await assert.rejects(opened.spool.append(ID, Readable.from(['x']), { offset }), (error: AppError) => {
          assert.equal(error.code, 'wrong_offset')
          assert.deepEqual(error.details, { expected: 4, offset })
          return true
        })
      }
      assert.equal((await bytesOf()).toString(), 'four')
    })

    it('refuses a first part that does not begin at 0', async () => {
      await assert.rejects(
        opened.spool.append(ID, Readable.from(['x']), { offset: 1 }),
        refusal('wrong_offset'),
      )
      assert.equal(await opened.spool.size(ID), 0)
    })

    it('keeps what arrived before the stream broke', async () => {
      const arrived = randomBytes(MB)
      await assert.rejects(
        opened.spool.append(ID, brokenAfter(chunkStream(arrived)), { offset: 0 }),
        /the line went dead/,
      )
      assert.deepEqual(await bytesOf(), arrived)
      assert.equal(await opened.spool.append(ID, Readable.from([Buffer.from('!')]), { offset: MB }), MB + 1)
    })

    it('never mixes two appends at once: one goes through whole, the other is refused', async () => {
      const parts = [1, 2].map(value => Buffer.alloc(MB, value))
      const outcomes = await Promise.allSettled(
        parts.map(part => opened.spool.append(ID, Readable.from(chunkStream(part)), { offset: 0 })),
      )
      assert.deepEqual(outcomes.map(o => o.status).sort(), ['fulfilled', 'rejected'])
      const found = await bytesOf()
      assert.ok(parts.some(part => part.equals(found)))
    })

    it('lets other uploads go on meanwhile', async () => {
      const stuck = new PassThrough()
      const waiting = opened.spool.append(ID, stuck, { offset: 0 })
      assert.equal(await opened.spool.append(OTHER_ID, Readable.from(['x']), { offset: 0 }), 1)
      stuck.end()
      assert.equal(await waiting, 0)
    })
  })

  describe('append with options', () => {
    const refuse = () => {
      throw new Error('not what was announced')
    }

    it('feeds a hash with exactly the bytes that are kept, over several parts', async () => {
      const data = randomBytes(MB)
      const hash = createHash('sha256')
      await opened.spool.append(ID, Readable.from(chunkStream(data.subarray(0, 600_000))), {
        offset: 0,
        hash,
      })
      await opened.spool.append(ID, Readable.from(chunkStream(data.subarray(600_000))), {
        offset: 600_000,
        hash,
      })
      assert.equal(hash.digest('hex'), sha256(data))
    })

    it('keeps nothing of a part that is not what was announced, and all that lay there before', async () => {
      await opened.spool.append(ID, Readable.from(['kept']), { offset: 0 })
      const part = Readable.from(chunkStream(randomBytes(MB)))
      await assert.rejects(
        opened.spool.append(ID, part, { offset: 4, verify: refuse }),
        /not what was announced/,
      )
      assert.equal((await bytesOf()).toString(), 'kept')
      assert.equal(await opened.spool.append(ID, Readable.from(['!']), { offset: 4, verify: () => {} }), 5)
    })

    it('keeps nothing of a part that could not be verified since it broke off', async () => {
      await opened.spool.append(ID, Readable.from(['kept']), { offset: 0 })
      const broken = brokenAfter(chunkStream(randomBytes(MB)))
      await assert.rejects(
        opened.spool.append(ID, broken, { offset: 4, verify: refuse }),
        /the line went dead/,
      )
      assert.equal(await opened.spool.size(ID), 4)
    })

    it('refuses more than maxBytes and leaves the source alive for an answer', async () => {
      const source = Readable.from(endless())
      await assert.rejects(
        opened.spool.append(ID, source, { offset: 0, maxBytes: 1000 }),
        refusal('too_large'),
      )
      assert.equal(source.destroyed, false)
      source.destroy()
    })

    it('keeps what arrived before an abort, says why, and leaves the source alive', async () => {
      const stop = new AbortController()
      const source = new PassThrough()
      const arrived = new Promise<void>(resolve => {
        const hash = { update: () => resolve() }
        source.write('arrived')
        const appending = opened.spool.append(ID, source, { offset: 0, hash, signal: stop.signal })
        appending.catch(error => assert.match(String(error), /changed their mind/))
      })
      await arrived
      stop.abort(new Error('the person changed their mind'))
      await assert.rejects(
        opened.spool.append(ID, Readable.from(['x']), { offset: 0 }),
        refusal('wrong_offset'),
      )
      assert.equal((await bytesOf()).toString(), 'arrived')
      assert.equal(source.destroyed, false)
    })
  })
}
