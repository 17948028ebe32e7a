import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { pageText } from '#test/pdf.ts'
import { type Bench, make, openBench } from './bench.ts'

let bench: Bench
before(async () => {
  bench = await openBench('bwrap')
  await bench.engine.start()
})
after(() => bench.close())

const LINKS = [
  'https://example.org/x',
  'Annex%20A.docx',
  '../plans/plan.xlsx',
  '../../../far/up.odt',
  'file:///annexes/dir/file.xlsx',
  'file:///C:/share/a.docx',
]
const text = LINKS.map(link => `<text:p><text:a xlink:type="simple" xlink:href="${link}">see</text:a></text:p>`)
const page = `<html><body>${LINKS.map(link => `<p><a href="${link}">see</a></p>`).join('')}</body></html>`

const urisIn = (pdf: Buffer) =>
  [...pdf.toString('latin1').matchAll(/\/URI *\(([^)]*)\)/g)].map(([, uri = '']) => uri.replace(/^\.\//, '')).sort()

describe('the links of a document', () => {
  for (const [format, bytes] of [
    ['html', page],
    // Links of a text lead from within its package.
    ['fodt', flat('text', text.join(''))],
  ] as const)
    for (const target of ['pdf', 'pdfa-2b'])
      it(`are in the result as they were written: ${format} as ${target}`, async () => {
        const { bytes: pdf } = await make(bench, { bytes, format }, { target }, { fileName: 'a.b' })
        assert.deepEqual(urisIn(pdf), LINKS.toSorted())
      })
})
