import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { colourFont } from '#test/documents/font.ts'
import { LINE_HEIGHT, SCRIPTS, scriptPages } from '#test/documents/sample-scripts.ts'
import { type PagePicture, pagePictures, pageText, pdfFonts } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

/** Without spaces, which poppler guesses, and without marks of direction. */
const plain = (text: string) => text.replace(/[\s\u202a-\u202e]/g, '')

/** Two letters that look different. */
function twoOf(text: string): [string, string] {
  const [one = '', other = ''] = new Set(text.match(/\p{L}|\p{Extended_Pictographic}|\p{Sm}/gu))
  return [one, other]
}

function lineOf({ width, pixels }: PagePicture, index: number): Buffer {
  return pixels.subarray(index * LINE_HEIGHT * width, (index + 1) * LINE_HEIGHT * width)
}

describe('a text in any script', () => {
  let own: string
  let testEngine: TestEngine
  before(async () => {
    own = await mkdtemp(join(tmpdir(), 'nightshift-own-fonts-'))
    await chmod(own, 0o755)
    // fontconfig would choose it for emoji, of which it has none.
    await writeFile(join(own, 'colour.ttf'), await colourFont())
    testEngine = await openTestEngine('bwrap', { fonts: own })
    await testEngine.engine.start()
  })
  after(async () => {
    await testEngine.close()
    await rm(own, { recursive: true })
  })

  it('is drawn with a font that has its letters, emoji too where there are fonts in colour', async () => {
    const pages = Object.values(SCRIPTS).map(([text]) => [text, ...twoOf(text)])
    const source = { bytes: await scriptPages(pages), format: 'docx' }
    const { bytes: pdf } = await make(testEngine, source, { target: 'pdf' })
    const drawn = (await pdfFonts(pdf)).map(({ name }) => name.replace(/^[A-Z]{6}\+/, ''))
    const texts = (await pageText(pdf)).split('\f')
    const pictures = await pagePictures(pdf)
    assert.equal(pictures.length, pages.length)
    for (const [index, [script, [text, family]]] of Object.entries(SCRIPTS).entries()) {
      const page = pictures[index] as PagePicture
      assert.equal(plain(texts[index] ?? ''), plain((pages[index] ?? []).join('')), script)
      assert.ok(
        drawn.some(name => family.test(name)),
        `${script}: ${drawn}`,
      )
      const [line, one, other] = [0, 1, 2].map(number => lineOf(page, number)) as [Buffer, Buffer, Buffer]
      for (const each of [line, one, other])
        assert.ok(
          each.some(grey => grey < 128),
          `${script} is blank`,
        )
      assert.ok(!one.equals(other), `${script} is boxes: ${twoOf(text)}`)
    }
  })
})
