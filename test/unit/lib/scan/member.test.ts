import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { word, wordParts } from '#test/documents/packages.ts'
import { lyingWord, overlappingWord, type RawEntry, rawZip } from '#test/documents/raw-zip.ts'
import { assertRefused, formatOf } from './expect.ts'

describe('a look at parts that are not what the table of contents says', () => {
  it('takes an honest document', async () => {
    assert.equal(await formatOf(lyingWord(), 'a.docx'), 'docx')
  })

  it('refuses a part that is larger than it says, small or large, before it is out', async () => {
    const content = Buffer.from(`<a>${[...Array(200_000).keys()].join(' ')}</a>`)
    for (const size of [10, 1_100_000]) {
      const liar = lyingWord({ name: 'word/a.xml', content, claims: { size }, says: { size } })
      await assertRefused([liar, 'a.docx'], 'unsafe_archive', /larger than it says/)
    }
  })

  it('sees by the first bytes of any part that it is larger than it says', async () => {
    const content = Buffer.alloc(10_000)
    const liar = lyingWord({ name: 'word/media/a.bin', content, claims: { size: 9 }, says: { size: 9 } })
    await assertRefused([liar, 'a.docx'], 'unsafe_archive', /larger than it says/)
  })

  it('refuses parts that lie in each other', async () => {
    await assertRefused([overlappingWord(), 'a.docx'], 'unsafe_archive', /lie in each other/)
    const twice = lyingWord({ name: 'b', content: Buffer.from('x'), claims: { offset: 0 } })
    await assertRefused([twice, 'a.docx'], 'unsafe_archive', /lie in each other/)
  })

  it('refuses a table of contents that says something else than the parts', async () => {
    const content = Buffer.from('x'.repeat(100))
    for (const says of [{ name: 'c' }, { method: 0 }, { size: 7 }]) {
      await assertRefused(
        [lyingWord({ name: 'b', content, says }), 'a.docx'],
        'unsafe_archive',
        /contradicts its parts/,
      )
    }
  })

  it('refuses two parts of one name, whatever their case and their slashes', async () => {
    for (const [one, other] of [
      ['a/b', 'a/b'],
      ['a/b', 'A/B'],
      ['a/b', 'a\\b'],
    ] as const) {
      const zip = lyingWord(
        { name: one, content: Buffer.from('1') },
        { name: other, content: Buffer.from('2') },
      )
      await assertRefused([zip, 'a.docx'], 'unsafe_archive', /have the same name/)
    }
  })

  it('says that a document whose main part is damaged is damaged, and counts other damaged parts', async () => {
    const content = Buffer.from('<a>some content</a>')
    const flags = async (entry: RawEntry) =>
      (await scan(sourceOfBuffer(lyingWord(entry)), 'a.docx')).flags.damagedParts
    assert.equal(await flags({ name: 'word/styles.xml', content, claims: { crc: 1 } }), 1)
    assert.equal(
      await flags({ name: 'word/styles.xml', content, claims: { size: 99 }, says: { size: 99 } }),
      1,
    )
    assert.equal(await flags({ name: 'word/styles.xml', content }), 0)
    const [types, relations, main] = Object.entries(wordParts()).map(([name, text]) => ({
      name,
      content: Buffer.from(text),
    }))
    assert.ok(types && relations && main)
    const broken = rawZip([types, relations, { ...main, claims: { crc: 1 } }])
    await assertRefused([broken, 'a.docx'], 'corrupt_file', /“word\/document.xml” cannot be unpacked/)
  })

  it('opens a document whose embedded workbook is broken', async () => {
    const broken = (await word()).subarray(0, 300)
    assert.equal(
      await formatOf(await word(undefined, { 'word/embeddings/a.xlsx': broken }), 'a.docx'),
      'docx',
    )
  })
})
