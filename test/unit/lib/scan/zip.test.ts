import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { openArchive } from '#lib/scan/zip.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { deck } from '#test/documents/deck.ts'
import { assertRefused, formatOf } from './expect.ts'

/** The deck with one more entry. Its name is put in afterwards, since no honest writer would write it. */
async function withEntryNamed(name: string): Promise<Buffer> {
  const stand = 'x'.repeat(name.length)
  const made = await archive({ ...(await partsOf(await deck())), [stand]: 'content' })
  return Buffer.from(made.toString('latin1').replaceAll(stand, name), 'latin1')
}

/** The same zip with a change to every header of this signature, by default those in its table of contents. */
function inEveryHeader(zip: Buffer, change: (header: Buffer) => void, signature = 'PK\x01\x02'): Buffer {
  const made = Buffer.from(zip)
  for (let at = made.indexOf(signature); at >= 0; at = made.indexOf(signature, at + 4))
    change(made.subarray(at))
  return made
}

describe('a scan of zips', () => {
  it('refuses names that lead out of the archive', async () => {
    for (const name of [
      '../../evil.sh',
      '/etc/cron.d/evil',
      'C:/evil.exe',
      'ppt/../../evil',
      '..\\..\\evil.exe',
      'a\0b.xml',
    ]) {
      await assertRefused([await withEntryNamed(name), 'deck.pptx'], 'unsafe_archive', /leads out of it/)
    }
  })

  it('has nothing against dots inside a name', async () => {
    assert.equal(await formatOf(await withEntryNamed('ppt/media/a..b.png'), 'deck.pptx'), 'pptx')
  })

  it('says that an archive with encrypted entries is locked', async () => {
    const locked = inEveryHeader(await deck(), header => header.writeUInt16LE(header.readUInt16LE(8) | 1, 8))
    await assertRefused([locked, 'deck.pptx'], 'password_unsupported', /as ZIP programs lock them/)
  })

  it('forgives bytes that a careless sender left behind the end', async () => {
    for (const tail of [Buffer.alloc(1), Buffer.from('\r\n'), Buffer.alloc(5000)]) {
      assert.equal(await formatOf(Buffer.concat([await deck(), tail]), 'deck.pptx'), 'pptx')
    }
  })

  it('says that an archive without a readable table of contents is damaged', async () => {
    const nonsense = inEveryHeader(await deck(), header => header.fill(0, 0, 4))
    await assertRefused([nonsense, 'deck.pptx'], 'corrupt_file', /table of contents cannot be read/)
    await assertRefused(['PK\x03\x04 and no more', 'deck.pptx'], 'corrupt_file', /its end is missing/)
    await assertRefused(['PK\x03\x04 and no more', 'deck.ppt'], 'corrupt_file', /its end is missing/)
  })

  it('says which part cannot be unpacked', async () => {
    const half = inEveryHeader(await deck(), header => header.writeUInt16LE(99, 10))
    const broken = inEveryHeader(half, header => header.writeUInt16LE(99, 8), 'PK\x03\x04')
    await assertRefused([broken, 'deck.pptx'], 'corrupt_file', /part “_rels\/.rels” cannot be unpacked/)
  })

  it('stops unpacking a part at the limit that is asked for', async () => {
    const long = await archive({ '[Content_Types].xml': Buffer.alloc(30_000, ' '), '_rels/.rels': 'x' })
    const opened = await openArchive(sourceOfBuffer(long))
    await assert.rejects(
      opened.text('[Content_Types].xml', 1000),
      /cannot be unpacked \(longer than 1000 bytes\)/,
    )
  })

  it('goes by the name that LibreOffice reads, whatever else is written beside it', async () => {
    const opened = await openArchive(sourceOfBuffer(await deck()))
    assert.ok(opened.has('PPT/Presentation.xml'))
    assert.equal(opened.entries.length, new Set(opened.entries.map(({ name }) => name)).size)
  })

  it('refuses more entries than any document has, without reading them', async () => {
    const end = Buffer.from('504b0506000000000000ffff0000000000000000 0000'.replace(' ', ''), 'hex')
    end.writeUInt16LE(0xffff, 10)
    const zip = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(1000), end])
    await assertRefused([zip, 'deck.pptx'], 'too_many_entries', /65535 parts; at most 10000/)
  })

  it('takes an archive of anything else for what it is', async () => {
    const zip = await archive({ 'photo.jpg': 'x' })
    await assertRefused([zip, 'photos.zip'], 'unsupported_format', /\(a ZIP archive\)/)
    await assertRefused([zip, 'deck.pptx'], 'type_mismatch', /it is a ZIP archive named \.pptx/)
  })

  it('lets errors of the disk through as they are', async () => {
    const data = await deck()
    const gone = new AppError('file_not_found')
    const read = async (start: number) => {
      if (start > 0) throw gone
      return data.subarray(0, 100)
    }
    await assert.rejects(openArchive({ size: 1_000_000, read }), error => error === gone)
  })
})
