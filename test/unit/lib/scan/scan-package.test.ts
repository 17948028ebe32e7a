import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { cpuMs } from '#test/cpu-time.ts'
import { archive } from '#test/documents/archive.ts'
import { deck } from '#test/documents/deck.ts'
import { deep, manyParts, nameInName, nested, zeros } from '#test/documents/growing.ts'
import { openText, word } from '#test/documents/packages.ts'
import { lyingWord } from '#test/documents/raw-zip.ts'
import { assertRefused, formatOf } from './expect.ts'

describe('a look into a package', () => {
  it('takes honest documents, and an OpenDocument manifest with its document type', async () => {
    assert.equal(await formatOf(await openText(), 'a.odt'), 'odt')
    assert.equal(await formatOf(await nested(3), 'a.docx'), 'docx')
    assert.equal(await formatOf(await zeros(900_000), 'a.docx'), 'docx')
  })

  it('refuses more parts than it may have', async () => {
    const limits = { entries: 20 }
    await assertRefused([manyParts(21), 'a.docx', limits], 'too_many_entries', /21 parts; at most 20/)
    assert.equal(await formatOf(manyParts(20), 'a.docx', limits), 'docx')
  })

  it('refuses what grows too large, in whatever parts', async () => {
    const limits = { expandedBytes: 30_000 }
    const sizes = [9000, 9000, 9000, 9000]
    await assertRefused([await zeros(...sizes), 'a.docx', limits], 'expands_too_large', /more than 0\.03 MB/)
    assert.equal(await formatOf(await zeros(...sizes.slice(2)), 'a.docx', limits), 'docx')
    const unused = { size: 40_000 }
    const single = lyingWord({ name: 'unused', content: Buffer.alloc(9), claims: unused, says: unused })
    await assertRefused([single, 'a.docx', limits], 'expands_too_large')
  })

  it('refuses parts that are packed as only bombs are, one large or many small ones', async () => {
    const large = await zeros(50_000)
    const limits = { ratioFromBytes: 10_000 }
    await assertRefused(
      [large, 'a.docx', limits],
      'compression_ratio',
      /to \d{3,} times its size; more than 200 times/,
    )
    const small = await zeros(...Array.from({ length: 20 }, () => 900))
    await assertRefused([small, 'a.docx', { ...limits, ratio: 10 }], 'compression_ratio')
    assert.equal(await formatOf(large, 'a.docx', { ratioFromBytes: 60_000 }), 'docx')
  })

  it('refuses archives in archives beyond what documents have, and counts what lies in them', async () => {
    const shallow = { archiveDepth: 1 }
    assert.equal(await formatOf(await nested(1), 'a.docx', shallow), 'docx')
    await assertRefused([await nested(2), 'a.docx', shallow], 'unsafe_archive', /archives in archives/)
    const limits = { entries: 20, ratioFromBytes: 10_000 }
    const packed = await archive({ 'a.xlsx': Buffer.alloc(50_000) })
    for (const [inner, code] of [
      [packed, 'compression_ratio'],
      [await zeros(50_000), 'compression_ratio'],
      [manyParts(21), 'too_many_entries'],
    ] as const) {
      const made = await word(undefined, { 'word/embeddings/a.xlsx': inner })
      await assertRefused([made, 'a.docx', limits], code)
    }
  })

  it('counts all archives, and the parts of all of them together', async () => {
    const many = manyParts(15)
    const parts = Array.from({ length: 6 }, (_, index) => [`word/embeddings/${index}.docx`, many])
    const made = await word(undefined, Object.fromEntries(parts))
    await assertRefused([made, 'a.docx', { entries: 20, allEntries: 60 }], 'too_many_entries', /at most 60/)
    await assertRefused([made, 'a.docx', { archives: 5 }], 'unsafe_archive', /more archives than any/)
    assert.equal(await formatOf(made, 'a.docx', { entries: 20, allEntries: 99, archives: 7 }), 'docx')
  })

  it('looks into archives and drawings under whatever name, also those packed by gzip', async () => {
    const drawing = `${nameInName('svg')}<svg>&b;</svg>`
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
    const spaces = gzipSync(Buffer.alloc(10_000, ' '))
    const text = Buffer.concat([gzipSync('<svg>'), ...Array<Buffer>(6).fill(spaces)])
    const grown = await openText(undefined, { 'a.svgz': text })
    await assertRefused([grown, 'a.odt', { expandedBytes: 50_000 }], 'expands_too_large')
    assert.equal(await formatOf(grown, 'a.odt', { expandedBytes: 70_000 }), 'odt')
  })

  it('refuses parts that go too deep', async () => {
    const limits = { depth: 20 }
    await assertRefused([await word(deep(30)), 'a.docx', limits], 'too_deeply_nested', /more than 20 levels/)
    assert.equal(await formatOf(await word(deep(18)), 'a.docx', limits), 'docx')
  })

  it('lets others have their turn while it looks through megabytes', async () => {
    const paragraphs = Array.from(
      { length: 200_000 },
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
