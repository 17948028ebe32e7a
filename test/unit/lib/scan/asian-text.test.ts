import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'

const asianIn = async (bytes: Buffer | string, fileName: string) =>
  (await scan(sourceOfBuffer(Buffer.from(bytes)), fileName)).flags.asian

describe('Asian text', () => {
  it('is Korean in a Word document with Hangul, Han too, and without kana', async () => {
    assert.equal(await asianIn(await letter({ title: '보고서 報告' }), 'a.docx'), 'korean')
    assert.equal(await asianIn(await letter({ title: '報告のレポート 보고서' }), 'a.docx'), 'other')
    for (const title of ['Letter', 'Brief über Straße — “ß” …', 'письмо', '報告'])
      assert.equal(await asianIn(await letter({ title }), 'a.docx'), undefined, title)
  })

  it('is any of the three scripts on slides', async () => {
    for (const title of ['報告', 'レポート', 'レポート 보고서'])
      assert.equal(await asianIn(await deck({ title }), 'a.pptx'), 'other', title)
    assert.equal(await asianIn(await deck({ title: '보고서' }), 'a.pptx'), 'korean')
    assert.equal(await asianIn(await deck({ title: 'Über — “alles” …' }), 'a.pptx'), undefined)
  })

  it('is Korean in rich text that is marked so', async () => {
    assert.equal(await asianIn('{\\rtf1\\ansi\\deflangfe1042 text}', 'a.rtf'), 'korean')
    assert.equal(await asianIn('{\\rtf1\\ansi\\deflangfe1041 text}', 'a.rtf'), undefined)
    const source = sourceOfBuffer(Buffer.from('{\\rtf1\\ansi\\deflangfe1042\\aspalpha text}'))
    assert.equal((await scan(source, 'a.rtf')).flags.asianGaps, true)
  })
})
