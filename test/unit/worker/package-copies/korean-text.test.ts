import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { archive } from '#test/documents/archive.ts'
import { wordParts } from '#test/documents/packages.ts'
import { koreanTextChanges } from '#worker/package-copies/korean-text.ts'
import { openPackage } from '#worker/package-copies/package.ts'

const RUN =
  '<w:rPr><w:rFonts w:ascii="Arial" w:eastAsia="맑은 고딕"/><w:lang w:val="en-US" w:eastAsia="ko-KR"/></w:rPr><w:t>“맑은 고딕”, "ko-KR"</w:t>'

/** The text of a document of Word with that run, changed. */
async function changed(text: { isParted: boolean; isWord: boolean }, fonts = {}): Promise<string> {
  const bytes = await archive(wordParts(RUN, fonts))
  const opened = await openPackage(sourceOfBuffer(bytes), {
    directory: '/nowhere',
    signal: new AbortController().signal,
  })
  const name = 'word/document.xml'
  const content = opened.read(name)
  const pieces: Buffer[] = []
  for await (const piece of koreanTextChanges(opened, text).get(name)?.(content) ?? content)
    pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

describe('Korean text in a package copy', () => {
  it('has another language where lines may end in words, and in Word another name for Malgun Gothic', async () => {
    const language = RUN.replace('w:eastAsia="ko-KR"', 'w:eastAsia="ko-Hang-KR"')
    const font = RUN.replace('w:eastAsia="맑은 고딕"', 'w:eastAsia="Malgun Gothic of Word"')
    assert.ok((await changed({ isParted: true, isWord: false })).includes(language))
    assert.ok((await changed({ isParted: false, isWord: true })).includes(font))
    assert.ok((await changed({ isParted: false, isWord: false })).includes(RUN))
  })

  it('keeps the name of a font that may come with the document', async () => {
    const fonts = { 'word/fonts/font1.odttf': 'x' }
    assert.ok((await changed({ isParted: false, isWord: true }, fonts)).includes(RUN))
  })
})
