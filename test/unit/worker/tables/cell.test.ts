import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cellOf, type Typing } from '#worker/tables/cell.ts'

const PLAIN: Typing = {
  marks: { decimal: '.', group: undefined },
  dates: 'none',
  percentages: false,
  formulas: false,
  asText: false,
}
const GERMAN: Typing = { ...PLAIN, marks: { decimal: ',', group: '.' } }
const said = (text: string, typing: Typing = PLAIN) => {
  const cell = cellOf(text, typing)
  return cell.kind === 'number' ? [cell.value, cell.format] : cell.kind
}

describe('a cell of plain text', () => {
  for (const [text, value, format] of [
    ['0', '0', 'General'],
    ['-5', '-5', 'General'],
    ['1.50', '1.50', '0.00'],
    ['-0.5', '-0.5', '0.0'],
    ['123456789012', '123456789012', '0'],
    ['123456789012345', '123456789012345', '0'],
  ] as const)
    it(`is a number that looks as before: ${text}`, () => assert.deepEqual(said(text), [value, format]))

  for (const text of [
    ...['', 'a', '007', '+5', '1e5', '1E5', '.5', '5.', '-0', '0x10', ' 1', '1 ', '1,5', '1.2.3'],
    ...['1234567890123456', '0.1234567890123456', '12:30', '1/2', 'TRUE', '5%', '$5', '=1', '−5', 'Infinity'],
  ])
    it(`is text where a number would look different: “${text}”`, () => assert.equal(said(text), 'text'))

  it('is a number in the mark of the file, with its thousands', () => {
    assert.deepEqual(said('1,5', GERMAN), ['1.5', '[$-407]0.0'])
    assert.deepEqual(said('1.234,50', GERMAN), ['1234.50', '[$-407]#,##0.00'])
    assert.equal(said('1,234.50', GERMAN), 'text')
    assert.equal(said('1.5', GERMAN), 'text')
  })

  it('is a formula, a percentage or text throughout, where that was asked for', () => {
    assert.deepEqual(cellOf('=1+1', { ...PLAIN, formulas: true }), { kind: 'formula', formula: '1+1' })
    assert.equal(said('=', { ...PLAIN, formulas: true }), 'text')
    assert.deepEqual(said('12.5 %', { ...PLAIN, percentages: true }), ['12.5E-2', '0.0" "%'])
    assert.equal(said('12', { ...PLAIN, asText: true, formulas: true }), 'text')
  })

  for (const [text, dates, expected] of [
    ['2023-12-04', 'dayFirst', ['45264', 'yyyy"-"mm"-"dd']],
    ['04.12.2023', 'dayFirst', ['45264', 'dd"."mm"."yyyy']],
    ['4/12/2023', 'dayFirst', ['45264', 'd"/"m"/"yyyy']],
    ['12/4/2023', 'monthFirst', ['45264', 'm"/"d"/"yyyy']],
    ['06:00', 'dayFirst', ['0.25', 'hh:mm']],
    ['6:00:30', 'monthFirst', [String(21_630 / 86_400), 'h:mm:ss']],
    ['2023-12-04 12:00', 'dayFirst', ['45264.5', 'yyyy"-"mm"-"dd hh:mm']],
    ['31.02.2023', 'dayFirst', 'text'],
    ['13/13/2023', 'dayFirst', 'text'],
    ['24:00', 'dayFirst', 'text'],
    ['01.01.1900', 'dayFirst', 'text'],
  ] as const)
    it(`is a date or a time of day where that was asked for: ${text}, ${dates}`, () =>
      assert.deepEqual(said(text, { ...PLAIN, dates }), expected))
})
