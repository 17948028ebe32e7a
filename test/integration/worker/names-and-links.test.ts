import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { archive, partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { word } from '#test/documents/packages.ts'
import { sheet } from '#test/documents/sheet.ts'
import { pageText } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

let bench: TestEngine
before(async () => {
  bench = await openTestEngine('bwrap')
  await bench.engine.start()
})
after(() => bench.close())

const LINKS = [
  'https://example.org/x',
  'Annex%20A.docx',
  'list/show.aspx?id=7',
  '?page=2',
  '../plans/plan.xlsx',
  '../../../far/up.odt',
  'file:///annexes/dir/file.xlsx',
  'file:///C:/share/a.docx',
]
const text = LINKS.map(
  link => `<text:p><text:a xlink:type="simple" xlink:href="${link}">see</text:a></text:p>`,
)
const page = `<html><body>${LINKS.map(link => `<p><a href="${link}">see</a></p>`).join('')}</body></html>`

const urisIn = (pdf: Buffer) =>
  [...pdf.toString('latin1').matchAll(/\/URI *\(([^)]*)\)/g)]
    .map(([, uri = '']) => uri.replace(/^\.\//, ''))
    .sort()

describe('the links of a document', () => {
  for (const [format, bytes] of [
    ['html', page],
    // Links of a text lead from within its package.
    ['fodt', flat('text', text.join(''))],
  ] as const)
    for (const target of ['pdf', 'pdfa-2b'])
      it(`are in the result as they were written: ${format} as ${target}`, async () => {
        const { bytes: pdf } = await make(bench, { bytes, format }, { target, fileName: 'a.b' })
        assert.deepEqual(urisIn(pdf), LINKS.toSorted())
      })
})

describe('a link of a web page that names a server but no scheme', () => {
  for (const target of ['pdf', 'docx'])
    it(`leads to the web: ${target}`, async () => {
      // One lies across the border of what is read at once.
      const page = `<body><!--${'x'.repeat(1024 * 1024 - 40)}--><p><a class="a" href="//example.org/a?b=1">see</a> a = //b <A HREF = '//EXAMPLE.org/c'>see</A>`
      const { bytes } = await make(bench, { bytes: page, format: 'html' }, { target, fileName: 'a.b' })
      const text = target === 'pdf' ? String(urisIn(bytes)) : Object.values(await partsOf(bytes)).join('\n')
      const found = text.toLowerCase().match(/[a-z]+:\/\/example\.org\/[^",]*/g)
      assert.deepEqual(found?.toSorted(), ['https://example.org/a?b=1', 'https://example.org/c'])
    })
})

describe('a field that prints the name of the file', () => {
  const named = { fileName: 'Quarterly report.x', hasFileNames: true }
  const shown = async (format: string, bytes: Buffer | string) =>
    (await pageText((await make(bench, { bytes, format }, { target: 'pdf', ...named })).bytes))
      .replace(/\s+/g, ' ')
      .trim()

  it('prints it as its sender called it, without a path', async () => {
    const texts = ['name-and-extension', 'full'].map(
      display => `<text:p>File <text:file-name text:display="${display}">old</text:file-name>.</text:p>`,
    )
    assert.equal(
      await shown('fodt', flat('text', texts.join(''))),
      'File Quarterly report.x.fodt. File Quarterly report.x.fodt.',
    )
  })

  it('does so in each format that texts come in', async () => {
    const field = (instruction: string) =>
      `<w:p><w:fldSimple w:instr=" ${instruction} "><w:r><w:t>old</w:t></w:r></w:fldSimple></w:p>`
    const docx = await word(field('FILENAME') + field('FILENAME \\p'))
    assert.equal(await shown('docx', docx), 'Quarterly report.x.docx Quarterly report.x.docx')
    const rtf = '{\\rtf1 {\\field{\\*\\fldinst FILENAME \\\\p}{\\fldrslt old}}\\par}'
    assert.equal(await shown('rtf', rtf), 'Quarterly report.x.rtf')
  })

  it('does so at the foot of a sheet', async () => {
    const parts = await partsOf(await sheet({ rows: 1 }))
    const part = 'xl/worksheets/sheet1.xml'
    const footer =
      '<headerFooter><oddFooter>&amp;L&amp;F&amp;C&amp;Z&amp;F&amp;R&amp;A</oddFooter></headerFooter></worksheet>'
    const bytes = await archive({ ...parts, [part]: String(parts[part]).replace('</worksheet>', footer) })
    assert.match(
      await shown('xlsx', bytes),
      /^Sheet row 1 .*Quarterly report.x.xlsx Quarterly report.x.xlsx Sheet1$/,
    )
  })
})
