import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { allOf } from '#lib/scan/source.ts'
import { placesIn, withKeptResults } from '#worker/old-fields/rich-text.ts'

async function* inPieces(text: string, size: number): AsyncIterable<Buffer> {
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function rewritten(text: string, size = 1_000_000): Promise<string> {
  const places = await placesIn(inPieces(text, size))
  const content = withKeptResults(inPieces(text, size), places, { writesFileDates: false })
  return (await allOf(content)).toString('latin1')
}

const field = (instruction: string, before = '') =>
  `{\\field${before}{\\*\\fldinst {${instruction}}}{\\fldrslt {kept}}}`
const KEPT = '{\\field{\\*\\fldinst QUOTE }{\\fldrslt {kept}}}'

describe('fields of a rich text', () => {
  // biome-ignore format: a table
  const cases: [what: string, from: string, to: string][] = [
    ['others stay', field(' PAGE '), field(' PAGE ')],
    ['a condition', field('\\rtlch\\af0 IF 1 = 1 "a\\\'e4" '), KEPT],
    ['a word that is cut in two', field('\\b I\r\nF}{\\i  1 = 1'), KEPT],
    ['with another field in its instruction', `{\\field{\\*\\fldinst {= }${field(' MERGEFIELD x ')}{ * 2}}{\\fldrslt {kept}}}`, KEPT],
    ['a locked one', field(' DATE ', '\\fldlock'), KEPT.replace('\\field', '\\field\\fldlock')],
    ['what refers to a place that is gone', `{\\*\\bkmkstart a}${field(' REF a ')}${field(' REF b ')}`, `{\\*\\bkmkstart a}${field(' REF a ')}${KEPT}`],
    ['form fields stay, whatever is described in them', `{\\field{\\*\\fldinst FORMTEXT {\\*\\formfield{IF}}}{\\fldrslt x}}`, `{\\field{\\*\\fldinst FORMTEXT {\\*\\formfield{IF}}}{\\fldrslt x}}`],
    ['raw bytes are none', `{\\pict\\bin13 {\\fldinst IF }{a}`, `{\\pict\\bin13 {\\fldinst IF }{a}`],
    ['an instruction that does not end stays', '{\\field{\\*\\fldinst {IF 1', '{\\field{\\*\\fldinst {IF 1'],
    ['one that is too long stays', field(` IF ${'x'.repeat(300_000)}`), field(` IF ${'x'.repeat(300_000)}`)],
  ]
  for (const [what, from, to] of cases)
    it(`show what was kept: ${what}`, async () => {
      const sizes = from.length > 10_000 ? [100_000, 1_000_000] : [1_000_000, 7, 1]
      for (const size of sizes) assert.equal(await rewritten(`{\\rtf1 ${from}}`, size), `{\\rtf1 ${to}}`)
    })
})
