import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { carefully, type Source, sourceOfBuffer } from '#lib/scan/source.ts'
import { scan, sourceOf } from '#lib/scan.ts'
import { openLocalStorage } from '#lib/storage/local.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { writeBigDeck } from '#test/documents/deck.ts'

const data = randomBytes(300_000)

/** Counts what is asked of a source. */
function counted(source: Source) {
  const asked = { reads: 0, bytes: 0 }
  const read = async (start: number, end: number) => {
    asked.reads++
    asked.bytes += end - start
    return source.read(start, end)
  }
  return { asked, source: { size: source.size, read } }
}

describe('a careful source', () => {
  it('gives the same bytes for any range, also across its blocks and beyond the end', async () => {
    const source = carefully(sourceOfBuffer(data))
    const ranges = [
      [0, 10],
      [65_530, 65_550],
      [100, 250_000],
      [299_990, 400_000],
      [300_000, 300_001],
      [5, 5],
      [0, 300_000],
    ]
    for (const [start = 0, end = 0] of ranges) {
      assert.ok((await source.read(start, end)).equals(data.subarray(start, end)), `${start} to ${end}`)
    }
  })

  it('fetches a block once for many small steps', async () => {
    const { asked, source } = counted(sourceOfBuffer(data))
    const careful = carefully(source)
    for (let at = 0; at < 60_000; at += 50) await careful.read(at, at + 46)
    assert.equal(asked.reads, 1)
  })

  it('comes to an end with a file that leads it on and on', async () => {
    const endless = { size: 1e12, read: async (start: number, end: number) => Buffer.alloc(end - start) }
    const { asked, source } = counted(endless)
    const careful = carefully(source)
    await assert.rejects(async () => {
      for (let at = 0; ; at += 1_000_000) await careful.read(at, at + 10)
    }, /corrupt_file: .*circles/)
    assert.ok(asked.bytes <= 64 * 1024 * 1024)
  })
})

describe('a source in the storage', () => {
  let folder: string
  let storage: ObjectStore
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-source-'))
    storage = await openLocalStorage(folder)
  })
  after(() => rm(folder, { recursive: true }))

  it('is read by ranges', async () => {
    await storage.write('jobs/1/source', Readable.from([data]))
    const source = sourceOf(storage, 'jobs/1/source', data.length)
    assert.ok((await source.read(1000, 2000)).equals(data.subarray(1000, 2000)))
    assert.ok((await source.read(299_000, 999_999)).equals(data.subarray(299_000)))
    assert.equal((await source.read(300_000, 300_010)).length, 0)
  })

  it('is told apart by a few hundred kilobytes of a hundred megabytes', async () => {
    await writeBigDeck(join(folder, 'big'), 100_000_000)
    const size = (await storage.size('big')) ?? 0
    const { asked, source } = counted(sourceOf(storage, 'big', size))
    assert.equal((await scan(source, 'big.pptx')).format, 'pptx')
    assert.ok(size > 100_000_000)
    assert.ok(asked.bytes < 500_000, `read ${asked.bytes} bytes`)
  })
})
