import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { deck } from '#test/documents/deck.ts'
import { flat } from '#test/documents/flat.ts'
import { illustrated } from '#test/documents/illustrated.ts'
import { letter } from '#test/documents/letter.ts'
import { sheet } from '#test/documents/sheet.ts'
import { type PdfPicture, pageText, pdfFacts, pdfObjects, pdfPictures } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine, type TestSource } from '../test-engine.ts'

let bench: TestEngine
before(async () => {
  bench = await openTestEngine('bwrap')
  await bench.engine.start()
})
after(() => bench.close())

type Options = Record<string, unknown>

async function pdfOf(source: TestSource, options?: Options): Promise<Buffer> {
  return (await make(bench, source, { target: 'pdf', options })).bytes
}

async function words(source: TestSource, options?: Options): Promise<string> {
  return (await pageText(await pdfOf(source, options))).replace(/\s+/g, ' ').trim()
}

describe('the option pages', () => {
  it('prints those slides, pages or printed pages of sheets alone', async () => {
    const slides = { bytes: await deck({ slides: 5 }), format: 'pptx' }
    const expected = [2, 4, 5].map(number => `Deck: slide ${number} of 5`).join(' ')
    assert.equal(await words(slides, { pages: '2,4-' }), expected)
    const pages = { bytes: await letter({ pages: 4 }), format: 'docx' }
    assert.equal(await words(pages, { pages: '1,3' }), 'Letter: page 1 of 4 Letter: page 3 of 4')
    const rows = { bytes: await sheet({ rows: 150 }), format: 'xlsx' }
    const [second, all] = [await words(rows, { pages: '2' }), await words(rows)]
    assert.ok(all.includes(second) && second.length < all.length / 2)
    assert.doesNotMatch(second, /row 1 /)
  })

  it('counts hidden slides only when they are printed too', async () => {
    const source = { bytes: await deck({ slides: 4, hidden: [2] }), format: 'pptx' }
    assert.equal(await words(source, { pages: '2' }), 'Deck: slide 3 of 4')
    assert.equal(await words(source, { pages: '2', hiddenSlides: true }), 'Deck: slide 2 of 4')
    await assert.rejects(pdfOf(source, { pages: '4' }), {
      code: 'no_such_page',
      message: /no page 4; the last one is 3/,
    })
  })

  it('is refused where a page does not exist, and cut where a range only ends too late', async () => {
    const source = { bytes: await letter({ pages: 2 }), format: 'docx' }
    assert.equal(await words(source, { pages: '2-99' }), 'Letter: page 2 of 2')
    await assert.rejects(pdfOf(source, { pages: '1,3' }), { code: 'no_such_page' })
  })
})

describe('the options of pictures in a PDF', () => {
  const pictureIn = async (source: TestSource, options?: Options): Promise<PdfPicture> => {
    const [picture] = await pdfPictures(await pdfOf(source, options))
    assert.ok(picture)
    return picture
  }

  it('have their effect in every family', async () => {
    for (const { family, ...source } of await illustrated()) {
      const usual = await pictureIn(source)
      assert.deepEqual([usual.encoding, usual.width], ['jpeg', 300], family)
      const poor = await pictureIn(source, { quality: 10 })
      assert.ok(poor.bytes < usual.bytes / 3, `${family}: ${poor.bytes} of ${usual.bytes}`)
      const exact = await pictureIn(source, { lossless: true })
      assert.deepEqual([exact.encoding, exact.width], ['image', 600], family)
      const coarse = await pictureIn(source, { resolution: 72 })
      assert.deepEqual([coarse.encoding, coarse.width], ['jpeg', 72], family)
    }
  })
})

describe('the option watermark', () => {
  it('prints its words over what every family shows', async () => {
    for (const { family, ...source } of await illustrated())
      assert.match(await words(source, { watermark: 'NOT FINAL' }), /NOT FINAL/, family)
  })
})

describe('the option bookmarks', () => {
  const hasBookmarks = async (pdf: Buffer) => (await pdfObjects(pdf)).includes('/Outlines')

  it('leaves the table of contents beside the pages away', async () => {
    for (const { family, ...source } of await illustrated()) {
      const [usual, without] = [await pdfOf(source), await pdfOf(source, { bookmarks: false })]
      assert.deepEqual([await hasBookmarks(usual), await hasBookmarks(without)], [true, false], family)
    }
  })
})

describe('the options of presentations', () => {
  it('let notes follow the slides or come alone', async () => {
    const source = { bytes: await deck({ slides: 2, notes: true }), format: 'pptx' }
    assert.doesNotMatch(await words(source), /Note/)
    assert.match(
      await words(source, { notes: 'added' }),
      /^Deck: .* of 2 Deck: .*Note of slide 1 .*Note of slide 2/,
    )
    const alone = await pdfOf(source, { notes: 'only' })
    assert.equal((await pdfFacts(alone)).Pages, '2')
    assert.match(await pageText(alone, 2), /Note of slide 2/)
  })

  it('print hidden slides when they are asked for', async () => {
    const source = { bytes: await deck({ slides: 3, hidden: [1] }), format: 'pptx' }
    assert.equal(await words(source), 'Deck: slide 2 of 3 Deck: slide 3 of 3')
    assert.match(await words(source, { hiddenSlides: true }), /^Deck: slide 1 of 3/)
  })
})

describe('a text', () => {
  it('keeps its form fields fillable, or prints what stands in them', async () => {
    const form = '<html><form><input type="text" name="a" value="filled in"></form></html>'
    const fillable = await pdfOf({ bytes: form, format: 'html' })
    const printed = await pdfOf({ bytes: form, format: 'html' }, { formFields: false })
    assert.deepEqual([(await pdfFacts(fillable)).Form, (await pdfFacts(printed)).Form], ['AcroForm', 'none'])
    assert.match(await pageText(printed), /filled in/)
  })

  it('shows nobody its comments', async () => {
    const comment = '<office:annotation><text:p>between us</text:p></office:annotation>'
    const bytes = flat('text', `<text:p>x${comment}</text:p>`)
    assert.ok(!(await pdfObjects(await pdfOf({ bytes, format: 'fodt' }))).includes('/Annot'))
  })
})
