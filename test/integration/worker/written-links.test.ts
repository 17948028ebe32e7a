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
const TEXT = `<text:p>${frame('file:///C:/pictures/a.png')}${frame('../pictures/b.png')}${link('file:///C:/texts/c.docx')}${link('../up/d.docx')}${link('in/e.docx')}${link('https://example.org/f.docx')}</text:p>`

const LINKS = {
  odt: [
    'file:///C:/pictures/a.png',
    '../../pictures/b.png',
    'file:///C:/texts/c.docx',
    '../../up/d.docx',
    '../in/e.docx',
  ],
  docx: [
    'file:///C:/pictures/a.png',
    '../pictures/b.png',
    'file:///C:/texts/c.docx',
    '../up/d.docx',
    'in/e.docx',
  ],
  rtf: ['file:///C:/texts/c.docx', '../up/d.docx', 'in/e.docx'],
  html: ['file:///C:/texts/c.docx', '../up/d.docx', 'in/e.docx'],
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
      const found = [...text.matchAll(/"([^"\s]{1,200}\/[a-f]\.(?:png|docx))"/g)].map(
        ([, address]) => address,
      )
      assert.deepEqual([...new Set(found)].toSorted(), [...links, 'https://example.org/f.docx'].toSorted())
      assert.doesNotMatch(text, /\/tmp\/|\bdesk\b/)
    })

  for (const target of ['ods', 'xlsx'])
    it(`are as they were written in a workbook to go on with: ${target}`, async () => {
      const cell = `<table:table-cell office:value-type="string"><text:p>${link('file:///C:/texts/c.docx')}</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>${link('../up/d.docx')}</text:p></table:table-cell>`
      const bytes = flat(
        'spreadsheet',
        `<table:table table:name="S"><table:table-row>${cell}</table:table-row></table:table>`,
      )
      const made = await shown(testEngine, { bytes, format: 'fods' }, { target })
      const text = Object.values(await partsOf(made.bytes)).join('\n')
      assert.match(text, /"file:\/\/\/C:\/texts\/c\.docx"/)
      assert.match(text, target === 'ods' ? /"\.\.\/\.\.\/up\/d\.docx"/ : /"\.\.\/up\/d\.docx"/)
      assert.doesNotMatch(text, /\/tmp\/|\bdesk\b/)
    })
})
