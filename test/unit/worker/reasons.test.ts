import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { bitFlipped } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { openText, word } from '#test/documents/packages.ts'
import { brokenPart } from '#worker/reasons/broken-part.ts'

const find = async (content: Buffer | string) =>
  brokenPart(sourceOfBuffer(Buffer.from(content)), AbortSignal.timeout(60_000))

describe('what is broken in a file', () => {
  it('is the part whose XML ends too early, and where', async () => {
    const cut = await word('<w:p>\n<w:r>')
    assert.equal(await find(cut), 'its part “word/document.xml” is broken in line 2, column 14')
  })

  it('is the part that cannot be unpacked', async () => {
    const flipped = bitFlipped(await word(), 'word/document.xml')
    assert.match((await find(flipped)) ?? '', /its part “word\/document.xml” (cannot be unpacked|is broken)/)
  })

  it('is found in XML of any encoding, in a package or alone', async () => {
    const xml = '<?xml version="1.0" encoding="UTF-16"?><a>Ü & b</a>'
    const wide = Buffer.from(`\ufeff${xml}`, 'utf16le')
    assert.match((await find(await openText(undefined, { 'a.xml': wide }))) ?? '', /“a\.xml” is broken/)
    assert.match((await find(xml)) ?? '', /^its XML is broken in line 1, column 51$/)
  })

  it('is nothing in honest documents', async () => {
    for (const honest of [
      await deck({ slides: 3, pictures: 2 }),
      await word(),
      await openText(),
      'a text & more',
    ])
      assert.equal(await find(honest), undefined)
  })

  it('is not guessed where a document names texts for itself', async () => {
    assert.equal(await find('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), undefined)
  })
})
