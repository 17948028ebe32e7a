import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import { deck } from '#test/documents/deck.ts'
import { illustrated } from '#test/documents/illustrated.ts'
import { pageText, pdfFacts, pdfFonts, pdfMetadata, pdfObjects } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine, type TestSource } from '../test-engine.ts'

let bench: TestEngine
before(async () => {
  bench = await openTestEngine('bwrap')
  await bench.engine.start()
})
after(() => bench.close())

async function pdfOf(source: TestSource, target: string, options?: Record<string, unknown>): Promise<Buffer> {
  return (await make(bench, source, { target, options })).bytes
}

/** What keeps a PDF from being shown anywhere and for ever. */
async function faultsOf(pdf: Buffer): Promise<string[]> {
  const [fonts, objects, facts] = [await pdfFonts(pdf), await pdfObjects(pdf), await pdfFacts(pdf)]
  return [
    ...fonts.filter(font => !font.embedded).map(font => `${font.name} is not embedded`),
    ...(objects.includes('/OutputIntents') && objects.includes('/GTS_PDFA1') ? [] : ['no output intent']),
    ...(objects.includes('/JavaScript') || objects.includes('/Launch') ? ['an action'] : []),
    ...(facts.Encrypted === 'no' ? [] : ['encrypted']),
  ]
}

for (const part of [1, 2, 3])
  describe(`a PDF/A-${part}b`, () => {
    const target = `pdfa-${part}b`

    it('says so and has all that it needs inside, from every family', async () => {
      for (const { family, ...source } of await illustrated()) {
        const pdf = await pdfOf(source, target, { watermark: 'FINAL' })
        const metadata = await pdfMetadata(pdf)
        assert.match(metadata, new RegExp(`<pdfaid:part>${part}</pdfaid:part>`), family)
        assert.match(metadata, /<pdfaid:conformance>B</, family)
        assert.deepEqual(await faultsOf(pdf), [], family)
        assert.ok((await pdfFonts(pdf)).length > 0 && (await pageText(pdf)).includes('FINAL'), family)
      }
    })

    it('shows what stands in a form instead of asking for a font that is not inside', async () => {
      const form = '<html><form><input type="text" name="a" value="filled in"></form></html>'
      const pdf = await pdfOf({ bytes: form, format: 'html' }, target)
      assert.equal((await pdfFacts(pdf)).Form, 'none')
      assert.match(await pageText(pdf), /filled in/)
      assert.deepEqual(await faultsOf(pdf), [])
    })
  })

it('a PDF/A-1b has nothing that can be seen through', async () => {
  const seeThrough = `<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><path fill="red" d="M0 0h50v50z"/><path fill="blue" fill-opacity="0.5" d="M0 0h90v90z"/></svg>`
  const isSeenThrough = async (target: string) => {
    const objects = await pdfObjects(await pdfOf({ bytes: seeThrough, format: 'svg' }, target))
    return /\/(ca|CA) 0?\.\d|\/SMask \d/.test(objects)
  }
  assert.deepEqual([await isSeenThrough('pdf'), await isSeenThrough('pdfa-1b')], [true, false])
})

describe('a PDF/UA', () => {
  it('is tagged and says so, with title and language, whether the document has a title or not', async () => {
    const sources = [
      { bytes: await deck({ slides: 1 }), format: 'pptx', title: 'PptxGenJS Presentation' },
      { bytes: 'no title\n', format: 'txt', title: 'Document' },
    ]
    for (const { title, ...source } of sources) {
      const pdf = await pdfOf(source, 'pdfua')
      const [facts, objects] = [await pdfFacts(pdf), await pdfObjects(pdf)]
      assert.match(await pdfMetadata(pdf), /<pdfuaid:part>1<\/pdfuaid:part>/)
      assert.deepEqual([facts.Title, facts.Tagged], [title, 'yes'])
      for (const part of ['/StructTreeRoot', '/Lang (en-US)', '/DisplayDocTitle true', '/Marked true'])
        assert.ok(objects.includes(part), part)
      assert.ok((await pdfFonts(pdf)).every(font => font.embedded))
    }
  })
})

it('notes and hidden slides come into every kind of PDF', async () => {
  const source = { bytes: await deck({ slides: 2, notes: true, hidden: [1] }), format: 'pptx' }
  for (const target of PDF_TARGETS) {
    const text = await pageText(
      await pdfOf(source, target, { notes: 'only', hiddenSlides: true, pages: '1' }),
    )
    assert.match(text, /Note of slide 1/, target)
    assert.doesNotMatch(text, /slide 2/, target)
  }
})
