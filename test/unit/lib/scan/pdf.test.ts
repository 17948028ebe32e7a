import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lockOfPdf } from '#lib/scan/pdf.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { smallPdf } from '#test/documents/small-pdf.ts'

const source = (text: string) => sourceOfBuffer(Buffer.from(text))
const encrypted = async (text: string) => (await lockOfPdf(source(text))) !== 'none'

describe('a PDF', () => {
  it('is a source, whatever its name', async () => {
    const { format, locked } = await scan(source(smallPdf(1)), 'file')
    assert.deepEqual([format, locked], ['pdf', false])
    assert.equal((await scan(source(smallPdf(1)), 'a.pdf')).format, 'pdf')
  })

  it('is encrypted where its trailer says so, at its end or where that leads', async () => {
    const plain = smallPdf(300)
    assert.equal(await encrypted(plain), false)
    assert.equal(await encrypted(plain.replace('/Root', '/Encrypt 9 0 R/Root')), true)
    const stream = '%PDF-1.5\n1 0 obj<</Type/XRef/Encrypt 9 0 R>>stream\n'
    const filler = 'x'.repeat(9000)
    assert.equal(await encrypted(`${stream}${filler}\nstartxref\n9\n%%EOF`), true)
    assert.equal(
      await encrypted(`%PDF-1.5\n1 0 obj<<>>stream /Encrypt ${filler}\nstartxref\n9\n%%EOF`),
      false,
    )
    assert.equal(await encrypted('%PDF-1.5\nstartxref\n99999\n%%EOF'), false)
  })
})
