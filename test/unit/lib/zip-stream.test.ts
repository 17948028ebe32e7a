import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { it } from 'node:test'
import { crc32 } from 'node:zlib'
import { type ArchiveEntry, zipOf } from '#lib/zip-stream.ts'
import { unpacked } from '#test/unpacked.ts'

const entry = (name: string, text: string, changes: Partial<ArchiveEntry> = {}): ArchiveEntry => ({
  ...{ name, modified: new Date(2026, 10, 29, 12, 34, 56), bytes: Buffer.byteLength(text), deflate: false },
  content: Readable.from([Buffer.from(text)]),
  ...changes,
})
async function* each(entries: readonly ArchiveEntry[]) {
  yield* entries
}

it('writes entries that are read back, stored and packed', async () => {
  const long = 'abc'.repeat(10_000)
  const archive = await buffer(
    zipOf(
      each([
        entry('ä/日.pdf', 'x'),
        entry('b.txt', long, { deflate: true }),
        entry('c', ''),
        entry('d.pdf', 'known', { crc32: crc32('known') }),
        entry('e.txt', 'packed', { crc32: crc32('packed'), deflate: true }),
      ]),
    ),
  )
  const files = [...(await unpacked(archive))].map(([name, bytes]) => [name, String(bytes)])
  assert.deepEqual(files, [
    ['ä/日.pdf', 'x'],
    ['b.txt', long],
    ['c', ''],
    ['d.pdf', 'known'],
    ['e.txt', 'packed'],
  ])
  assert.ok(archive.length < 1200)
  // A header that has it all can be read from a stream as well.
  const header = archive.indexOf('d.pdf') - 30
  assert.deepEqual([archive.readUInt16LE(header + 6), archive.readUInt32LE(header + 18)], [0x0800, 5])
})

it('gives the first bytes before a later entry is opened, and opens none when nobody reads on', async () => {
  let opened = 0
  const content = Readable.from([Buffer.alloc(10)])
  const zip = zipOf(
    (async function* () {
      for (;;) {
        opened++
        yield entry('a', '0123456789', { content })
      }
    })(),
  )
  assert.ok((await zip.next()).value)
  await zip.return(undefined)
  assert.deepEqual([opened, content.destroyed], [1, true])
})

it('does not end as if it were whole where an entry breaks off or has another length', async () => {
  const broken = () =>
    new Readable({
      read() {
        this.destroy(new Error('gone'))
      },
    })
  for (const deflate of [false, true])
    await assert.rejects(buffer(zipOf(each([entry('a', 'x', { content: broken(), deflate })]))), /gone/)
  for (const changes of [{}, { crc32: crc32('x') }, { deflate: true }])
    await assert.rejects(
      buffer(zipOf(each([entry('a', 'x', { bytes: 2, ...changes })]))),
      /has 1 bytes instead of 2/,
    )
})
