import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { cpuMs } from '#test/cpu-time.ts'
import { archive } from '#test/documents/archive.ts'
import { billionLaughs, deep, manyParts, nested, zeros } from '#test/documents/bombs.ts'
import { deck } from '#test/documents/deck.ts'
import { openText, word } from '#test/documents/packages.ts'
import { lyingWord } from '#test/documents/raw-zip.ts'
import { assertRefused, formatOf } from './expect.ts'

const MB = 1_000_000

describe('a look into a package', () => {
  it('takes honest documents, and an OpenDocument manifest with its document type', async () => {
    assert.equal(await formatOf(await openText(), 'a.odt'), 'odt')
    assert.equal(await formatOf(await nested(3), 'a.docx'), 'docx')
    assert.equal(await formatOf(await zeros(900_000), 'a.docx'), 'docx')
  })

  it('refuses more parts than any document has', async () => {
    await assertRefused([manyParts(10_001), 'a.docx'], 'too_many_entries', /10001 parts; more than 10000/)
    assert.equal(await formatOf(manyParts(10_000), 'a.docx'), 'docx')
  })

  it('refuses what grows too large, in whatever parts', async () => {
    const claim = { size: 90 * MB }
    const parts = ['a', 'b', 'c', 'd'].map(name => ({
      name,
      content: Buffer.alloc(9),
      claims: claim,
      says: claim,
    }))
    await assertRefused([lyingWord(...parts), 'a.docx'], 'expands_too_large', /grows by more than 300 MB/)
    const unused = { size: 1000 * MB }
    const single = lyingWord({ name: 'unused', content: Buffer.alloc(9), claims: unused, says: unused })
    await assertRefused([single, 'a.docx'], 'expands_too_large')
  })

  it('refuses parts that are packed as only bombs are, one large or many small ones', async () => {
    await assertRefused(
      [await zeros(2 * MB), 'a.docx'],
      'compression_ratio',
      /\d{3,} to 1; more than 200 to 1/,
    )
    const small = await zeros(...Array.from({ length: 20 }, () => 900_000))
    await assertRefused([small, 'a.docx'], 'compression_ratio')
  })

  it('refuses archives in archives beyond what documents have, and counts what lies in them', async () => {
    await assertRefused([await nested(4), 'a.docx'], 'unsafe_archive', /archives in archives/)
    const bomb = await archive({ 'a.xlsx': Buffer.alloc(3 * MB) })
    for (const inner of [bomb, await zeros(3 * MB), manyParts(10_001)]) {
      const made = word(undefined, { 'word/embeddings/a.xlsx': inner })
      await assert.rejects(formatOf(await made, 'a.docx'), /compression_ratio|too_many_entries/)
    }
  })

  it('counts the parts of all archives together', async () => {
    const many = manyParts(9_900)
    const parts = Array.from({ length: 6 }, (_, index) => [`word/embeddings/${index}.docx`, many])
    const made = await word(undefined, Object.fromEntries(parts))
    await assertRefused([made, 'a.docx'], 'too_many_entries', /more than 50000/)
  })

  it('looks into archives and drawings under whatever name, also those packed by gzip', async () => {
    const drawing = `${billionLaughs('svg')}<svg>&i;</svg>`
    for (const part of [Buffer.from(drawing), gzipSync(drawing), await word(drawing)]) {
      for (const name of ['Pictures/a.png', 'a', 'b.xml']) {
        await assertRefused([await openText(undefined, { [name]: part }), 'a.odt'], 'xml_entities')
      }
    }
    const grown = await openText(undefined, { 'a.svgz': gzipSync(gzipSync(drawing)) })
    assert.equal(await formatOf(grown, 'a.odt'), 'odt', 'what is packed twice is opened by nobody')
  })

  it('counts what gzip lets out', async () => {
    // One gzip behind the other is one text.
    const spaces = gzipSync(Buffer.alloc(10 * MB, ' '))
    const text = Buffer.concat([gzipSync('<svg>'), ...Array<Buffer>(31).fill(spaces)])
    const grown = await openText(undefined, { 'a.svgz': text })
    await assertRefused([grown, 'a.odt'], 'expands_too_large')
  })

  it('refuses parts that go too deep', async () => {
    await assertRefused([await word(deep(50_000)), 'a.docx'], 'too_deeply_nested', /more than 300 levels/)
    assert.equal(await formatOf(await word(deep(290)), 'a.docx'), 'docx')
  })

  it('lets others have their turn while it looks through megabytes', async () => {
    const paragraphs = Array.from(
      { length: 50_000 },
      (_, n) => `<w:p><w:r><w:t>${n * 7919}</w:t></w:r></w:p>`,
    )
    const large = await word(paragraphs.join(''))
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    await formatOf(large, 'a.docx')
    clearInterval(timer)
    assert.ok(turns >= 3, `${turns} turns`)
  })

  it('takes a deck as it is, in a moment', async () => {
    const bytes = await deck({ slides: 50, pictures: 50 })
    await formatOf(bytes, 'deck.pptx')
    const started = cpuMs()
    await formatOf(bytes, 'deck.pptx')
    assert.ok(cpuMs() - started < 500)
  })
})
