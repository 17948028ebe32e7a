import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { markTextCells } from '#worker/html-tables/text-cells.ts'

async function marked(...pieces: string[]): Promise<string> {
  const given = (async function* () {
    yield* pieces
  })()
  const bytes = await buffer(markTextCells({ pieces: given, encoding: 'latin1' }))
  return bytes.toString('latin1')
}

const MARK = ' sdnum="1033;0;@"'
const cell = (words: string, attributes = '') => `<td${attributes}>${words}</td>`

describe('a cell of an HTML table', () => {
  it('is text where a number would look otherwise, or would be calculated', async () => {
    for (const words of [
      '00123',
      '-007',
      '+49 30',
      '=1+1',
      '12345678901234567890',
      '1e5',
      ' 00123',
      '<b>00123</b>',
      '&nbsp;<font size="1">00123',
    ])
      assert.equal(await marked(cell(words)), cell(words, MARK), words)
  })

  it('is left alone where it is a plain number or words', async () => {
    for (const words of [
      '0',
      '0.5',
      '-5',
      '42',
      '1,234.5',
      '2023-12-04',
      'Name',
      '',
      '<img src="0.png">x',
      '1/2',
    ])
      assert.equal(await marked(cell(words)), cell(words), words)
  })

  it('is text where Excel says so, at the cell or at its class', async () => {
    const style = ` style='mso-number-format:"\\@"'`
    assert.equal(await marked(cell('7.50', style)), `<td${MARK}${style}>7.50</td>`)
    const sheet = '<style>.xl24 {color:black; mso-number-format:"\\@";} .xl25 {color:red}</style>'
    const cells = ['xl24', 'xl25'].map(name => cell('7.50', ` class=${name}`)).join('')
    assert.equal(
      await marked(sheet + cells),
      `${sheet}<td${MARK} class=xl24>7.50</td>${cell('7.50', ' class=xl25')}`,
    )
  })

  it('keeps what LibreOffice itself wrote of it', async () => {
    const own = cell('00123', ' sdval="123" sdnum="1033;0;00000"')
    assert.equal(await marked(own), own)
  })

  it('is found wherever the text is cut into pieces', async () => {
    const page = `<TABLE><TR>${'<TD>00123</TD><td>5</td>'.repeat(3)}</TR></TABLE>`
    const whole = await marked(page)
    for (let at = 1; at < page.length; at++)
      assert.equal(await marked(page.slice(0, at), page.slice(at)), whole)
    assert.equal(whole.split(MARK).length, 4)
  })

  it('that never ends is read in time', async () => {
    for (const part of ['<td ', '<td>&nbsp;', `<td>${' '.repeat(100)}`, '<td><a >', '.a {x'])
      assert.ok((await marked(part.repeat(200_000))).length >= part.length * 200_000)
  })
})
