import assert from 'node:assert/strict'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { cpuMs } from '#test/cpu-time.ts'
import { archive, type Parts, partsOf } from '#test/documents/archive.ts'
import { truncated } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { sheet } from '#test/documents/sheet.ts'
import { namedFonts } from '#worker/report/named-fonts.ts'

describe('the fonts that a document names', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-fonts-'))
  })
  after(() => rm(folder, { recursive: true }))

  async function fontsOf(bytes: Buffer | string, format: string): Promise<string[]> {
    const path = join(folder, `source.${format}`)
    await writeFile(path, bytes)
    return (await namedFonts(path, format)).map(([first = '']) => first)
  }
  const odt = (parts: Parts) =>
    archive({ mimetype: 'application/vnd.oasis.opendocument.text', 'META-INF/manifest.xml': '', ...parts })

  it('are read from presentations, texts, workbooks and flat files', async () => {
    assert.ok((await fontsOf(await deck({ font: 'Gotham' }), 'pptx')).includes('Gotham'))
    assert.ok((await fontsOf(await letter({ font: 'Gotham' }), 'docx')).includes('Gotham'))
    const workbook = await partsOf(await sheet())
    workbook['xl/styles.xml'] = '<fonts><font><name val="Gotham"/></font></fonts>'
    assert.deepEqual(await fontsOf(await archive(workbook), 'xlsx'), ['Gotham'])
    const face = '<style:font-face svg:font-family="Gotham"/>'
    assert.deepEqual(await fontsOf(await odt({ 'content.xml': face, 'styles.xml': face }), 'odt'), ['Gotham'])
    assert.deepEqual(await fontsOf(face, 'fodt'), ['Gotham'])
    assert.deepEqual(await fontsOf('{\\rtf1{\\fonttbl{\\f0 Gotham;}}}', 'rtf'), ['Gotham'])
    assert.deepEqual(await fontsOf('Gotham', 'txt'), [])
  })

  it('are those of titles only where a slide has a title', async () => {
    const parts = await partsOf(await deck({ slides: 1 }))
    const theme = '<a:majorFont><a:latin typeface="Heading"/></a:majorFont><a:latin typeface="Body"/>'
    parts['ppt/theme/theme1.xml'] = theme
    const without = await fontsOf(await archive(parts), 'pptx')
    assert.deepEqual([without.includes('Heading'), without.includes('Body')], [false, true])
    parts['ppt/slides/slide1.xml'] = '<p:nvPr><p:ph type="title"/></p:nvPr>'
    assert.ok((await fontsOf(await archive(parts), 'pptx')).includes('Heading'))
  })

  it('are found at the beginning of a content that unpacks to a hundred times its size', async () => {
    const bomb = `<style:font-face svg:font-family="Gotham"/>${' '.repeat(50_000_000)}`
    const bytes = await odt({ 'content.xml': bomb, 'styles.xml': bomb })
    const before = process.memoryUsage().rss
    const began = cpuMs()
    assert.deepEqual(await fontsOf(bytes, 'odt'), ['Gotham'])
    assert.ok(cpuMs() - began < 2000)
    assert.ok(process.memoryUsage().rss - before < 30e6)
  })

  it('are at most sixty, from at most forty parts', async () => {
    const parts = await partsOf(await deck({ slides: 1 }))
    const names = Array.from({ length: 500 }, (_, index) => `<a:latin typeface="Font ${index}"/>`).join('')
    for (let slide = 2; slide < 500; slide++) parts[`ppt/slides/slide${slide}.xml`] = names
    assert.equal((await fontsOf(await archive(parts), 'pptx')).length, 60)
  })

  it('are none where the file is broken, locked or a list of entities', async () => {
    assert.deepEqual(await fontsOf(truncated(await deck()), 'pptx'), [])
    assert.deepEqual(await fontsOf('', 'docx'), [])
    const entities = `<!DOCTYPE x [<!ENTITY a "Gotham"><!ENTITY b "&a;&a;&a;">]><style:font-face svg:font-family="&b;"/>`
    assert.deepEqual(await fontsOf(entities, 'fodt'), ['&b'])
  })

  it('are not read through a link', async () => {
    await symlink('/etc/passwd', join(folder, 'link.rtf'))
    await assert.rejects(namedFonts(join(folder, 'link.rtf'), 'rtf'), { code: 'ELOOP' })
  })
})
