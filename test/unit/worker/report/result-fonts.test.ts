import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fontFamilyOf, fontsInPdf } from '#worker/report/result-fonts.ts'

describe('the fonts of a result', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-result-fonts-'))
  })
  after(() => rm(folder, { recursive: true }))

  async function fontsOf(text: string): Promise<string[] | undefined> {
    const path = join(folder, 'result.pdf')
    await writeFile(path, text, 'latin1')
    const fonts = await fontsInPdf(path)
    return fonts && [...fonts]
  }

  it('are known by family, whatever their style and subset', () => {
    for (const [name, family] of [
      ['LiberationSans-BoldItalic', 'liberationsans'],
      ['ArialMT', 'arial'],
      ['TimesNewRomanPS-BoldMT', 'timesnewroman'],
      ['NotoSansCJKjp-Regular-VKana', 'notosanscjk'],
      ['NotoSansMonoCJKkr-Regular', 'notosanscjk'],
      ['NotoSerifCJKtc-Bold', 'notoserifcjk'],
      ['DejaVu#20Sans,Bold', 'dejavusans'],
    ])
      assert.equal(fontFamilyOf(name ?? ''), family)
  })

  it('are found wherever they stand, also across two reads', async () => {
    for (let before = 1024 * 1024 - 45; before < 1024 * 1024 - 1; before++)
      assert.deepEqual(await fontsOf(`%PDF-${' '.repeat(before)}/BaseFont/BAAAAA+Carlito-Bold/X`), [
        'carlito',
      ])
    assert.deepEqual(await fontsOf('%PDF-1.6 and not a word'), [])
  })

  it('are unknown where the PDF keeps its objects packed, and in anything else', async () => {
    assert.equal(await fontsOf('\x89PNG /BaseFont/Carlito/'), undefined)
    assert.equal(await fontsOf('%PDF-1.7 <</Type/ObjStm/N 3>>'), undefined)
  })
})
