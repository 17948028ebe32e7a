import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { shown } from './shown.ts'
import { openTestEngine, type TestEngine } from './test-engine.ts'

const frame = (link: string) =>
  `<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="1cm"><draw:image xlink:href="${link}"/></draw:frame>`
const link = (address: string) => `<text:a xlink:type="simple" xlink:href="${address}">x</text:a>`
/** Links of a text lead from within its package. */
const TEXT = `<text:p>${frame('file:///C:/pictures/a.png')}${frame('../pictures/b.png')}${link('file:///C:/texts/c.docx')}${link('../up/d.docx')}${link('in/e.docx?q=1')}${link('https://example.org/f.docx')}</text:p>`

const LINKS = {
  odt: [
    'file:///C:/pictures/a.png',
    '../../pictures/b.png',
    'file:///C:/texts/c.docx',
    '../../up/d.docx',
    '../in/e.docx?q=1',
  ],
  docx: [
    'file:///C:/pictures/a.png',
    '../pictures/b.png',
    'file:///C:/texts/c.docx',
    '../up/d.docx',
    'in/e.docx?q=1',
  ],
  rtf: ['file:///C:/texts/c.docx', '../up/d.docx', 'in/e.docx?q=1'],
  html: ['file:///C:/texts/c.docx', '../up/d.docx', 'in/e.docx?q=1'],
}

describe('links to files', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  for (const [target, links] of Object.entries(LINKS))
    it(`are as they were written in a text to go on with: ${target}`, async () => {
      const { bytes } = await shown(testEngine, { bytes: flat('text', TEXT), format: 'fodt' }, { target })
      const isPackage = target === 'odt' || target === 'docx'
      const text = isPackage ? Object.values(await partsOf(bytes)).join('\n') : bytes.toString()
      const found = [...text.matchAll(/"([^"\s]{1,200}\/[a-f]\.(?:png|docx)(?:\?q=1)?)"/g)].map(
        ([, address]) => address,
      )
      assert.deepEqual([...new Set(found)].toSorted(), [...links, 'https://example.org/f.docx'].toSorted())
      assert.doesNotMatch(text, /\/tmp\/|\bdesk\b/)
    })

  it('are as they were written where they lead into a file, which makes fields of them in a Word document', async () => {
    const into = ['file:///C:/a.docx#part', '../../../up/b.docx?q=1#part', 'in/c.docx#part']
    const body = `<text:p>${into.map(link).join('')}</text:p>`
    const { bytes } = await shown(
      testEngine,
      { bytes: flat('text', body), format: 'fodt' },
      { target: 'docx' },
    )
    const text = String((await partsOf(bytes))['word/document.xml'])
    const field = /HYPERLINK &quot;(.*?)&quot; \\l &quot;(.*?)&quot;/g
    assert.deepEqual(
      [...text.matchAll(field)].map(([, file, fragment]) => `${file}#${fragment}`),
      into,
    )
  })

  it('keep their scheme in a web page, where without it they would lead to the server that shows the page', async () => {
    const absolute = ['file:///C:/a.docx', 'file:///home/b.docx', 'file://server/share/c.docx']
    const body = `<text:p>${absolute.map(link).join('')} "/d" and '/e'</text:p>`
    const made = await shown(testEngine, { bytes: flat('text', body), format: 'fodt' }, { target: 'html' })
    const text = made.bytes.toString()
    assert.deepEqual(
      [...text.matchAll(/href="([^"]+)"/g)].map(([, address]) => address),
      absolute,
    )
    assert.match(text, /&quot;\/d&quot; and '\/e'/)
  })

  it('stay as they were written in a web archive, to the page’s own server', async () => {
    const page =
      '<p><a href="/about">a</a> <a href="//cdn.example/b">b</a> <a href="file:///C:/c.docx">c</a></p>'
    const bytes = Buffer.from(`MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${page}`)
    const made = await shown(testEngine, { bytes, format: 'mhtml' }, { target: 'html' })
    assert.deepEqual(
      [...made.bytes.toString().matchAll(/href="([^"]+)"/g)].map(([, address]) => address),
      ['/about', '//cdn.example/b', 'file:///C:/c.docx'],
    )
  })

  for (const target of ['ods', 'xlsx'])
    it(`are as they were written in a workbook to go on with: ${target}`, async () => {
      const cell = `<table:table-cell office:value-type="string"><text:p>${link('file:///C:/texts/c.docx')}</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>${link('../up/d.docx?q=1')}</text:p></table:table-cell>`
      const bytes = flat(
        'spreadsheet',
        `<table:table table:name="S"><table:table-row>${cell}</table:table-row></table:table>`,
      )
      const made = await shown(testEngine, { bytes, format: 'fods' }, { target })
      const text = Object.values(await partsOf(made.bytes)).join('\n')
      assert.match(text, /"file:\/\/\/C:\/texts\/c\.docx"/)
      assert.match(text, target === 'ods' ? /"\.\.\/\.\.\/up\/d\.docx\?q=1"/ : /"\.\.\/up\/d\.docx\?q=1"/)
      assert.doesNotMatch(text, /\/tmp\/|\bdesk\b/)
    })
})
