import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { flat } from '#test/documents/flat.ts'
import { letter } from '#test/documents/letter.ts'
import { openText } from '#test/documents/packages.ts'
import { wordWith } from '#test/documents/reviewed.ts'
import { compound } from '#test/documents/sample-compound.ts'
import {
  openTextWithWordsBeside,
  PAGE_WITH_WORDS_BESIDE,
  RICH_TEXT_WITH_WORDS_BESIDE,
  wordWithWordsBeside,
} from '#test/documents/sample-words-beside.ts'

const seen = async (content: Buffer | string, fileName: string) =>
  (await scan(sourceOfBuffer(Buffer.from(content)), fileName)).flags.wordsBeside

describe('words beside the running text', () => {
  it('are seen in each format of texts', async () => {
    assert.equal(await seen(await wordWithWordsBeside(), 'a.docx'), true)
    assert.equal(await seen(openTextWithWordsBeside(), 'a.fodt'), true)
    assert.equal(await seen(RICH_TEXT_WITH_WORDS_BESIDE, 'a.rtf'), true)
    assert.equal(await seen(PAGE_WITH_WORDS_BESIDE, 'a.html'), true)
    const kinds = [
      'draw:text-box',
      'draw:control',
      'text:note',
      'draw:object',
      'text:ruby',
      'field:fieldmark',
    ]
    for (const kind of kinds)
      assert.equal(await seen(await openText(`<text:p><${kind}/></text:p>`), 'a.odt'), true)
  })

  it('are seen in an old document: by what its beginning counts, by its objects, or by its frames', async () => {
    const beginning = Buffer.alloc(1000)
    beginning.writeUInt16LE(0xc1, 2)
    const old = (bytes: Buffer, more = {}) => seen(compound({ WordDocument: bytes, ...more }), 'a.doc')
    assert.equal(await old(beginning), false)
    assert.equal(await old(beginning, { ObjectPool: Buffer.alloc(1) }), true)
    assert.equal(await old(Buffer.concat([beginning, Buffer.from('\x1b&\x60\x18\x84\0\0', 'latin1')])), true)
    for (const at of [80, 96, 100]) {
      const counting = Buffer.from(beginning)
      counting.writeInt32LE(7, at)
      assert.equal(await old(counting), true)
    }
  })

  it('are none in plain texts, nor are pictures', async () => {
    assert.equal(await seen(await letter(), 'a.docx'), false)
    const picture = '<text:p>x<draw:frame svg:width="1cm"><draw:image/></draw:frame></text:p>'
    assert.equal(await seen(flat('text', picture), 'a.fodt'), false)
    assert.equal(await seen('{\\rtf1 {\\pict\\pngblip 00}\\posture x}', 'a.rtf'), false)
    assert.equal(await seen('<html><p>x<img src="data:,"></p></html>', 'a.html'), false)
  })
})

describe('headers and footers', () => {
  const seesHeads = async (content: Buffer | string, fileName: string) =>
    (await scan(sourceOfBuffer(Buffer.from(content)), fileName)).flags.headsOrFeet

  it('are seen in each format of texts that has them', async () => {
    const master =
      '<style:master-page style:name="Standard"><style:footer><text:p/></style:footer></style:master-page>'
    assert.equal(await seesHeads(flat('text', '<text:p/>', { masters: master }), 'a.fodt'), true)
    assert.equal(await seesHeads(String.raw`{\rtf1{\headerl x\par}Text\par}`, 'a.rtf'), true)
    assert.equal(await seesHeads(await wordWith('<w:p/>', { hdr: '<w:p/>' }), 'a.docx'), true)
    const beginning = Buffer.alloc(1000)
    beginning.writeUInt16LE(0xc1, 2)
    assert.equal(await seesHeads(compound({ WordDocument: beginning }), 'a.doc'), false)
    beginning.writeInt32LE(7, 84)
    assert.equal(await seesHeads(compound({ WordDocument: beginning }), 'a.doc'), true)
  })

  it('are not seen where there are none', async () => {
    assert.equal(await seesHeads(await letter({ pages: 1 }), 'a.docx'), false)
    assert.equal(
      await seesHeads(String.raw`{\rtf1{\stylesheet{\s1 header;}}\headery720 Text\par}`, 'a.rtf'),
      false,
    )
  })
})
