import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import writeExcelFile from 'write-excel-file/node'
import { partsOf } from '#test/documents/archive.ts'
import { pageText } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

let bench: TestEngine
before(async () => {
  bench = await openTestEngine('bwrap')
  await bench.engine.start()
})
after(() => bench.close())

type Options = Record<string, unknown>

async function result(
  bytes: Buffer | string,
  target: string,
  { options, format = 'csv' }: { options?: Options | undefined; format?: string } = {},
) {
  return (await make(bench, { bytes, format }, { target, options })).bytes
}

/** The cells of the first column below its heading, as an ODS has them: type, value or formula, words. */
async function cells(values: readonly string[], options?: Options): Promise<string[]> {
  const csv = `Kind,Value\n${values.map(value => `x,${value}\n`).join('')}`
  const { 'content.xml': content } = await partsOf(await result(csv, 'ods', { options }))
  const rows = [...String(content).matchAll(/<table:table-row.*?<\/table:table-row>/gs)].slice(1)
  return rows.slice(0, values.length).map(([row]) => {
    const cell = [...row.matchAll(/<table:table-cell([^>]*)>(.*?)<\/table:table-cell>/gs)][1]
    const [, attributes = '', content = ''] = cell ?? []
    const type = /office:value-type="([a-z]+)"/.exec(attributes)?.[1] ?? 'empty'
    const formula = /table:formula="of:([^"]+)"/.exec(attributes)?.[1]
    const words = [...content.matchAll(/<text:p>(.*?)<\/text:p>/gs)].map(([, word = '']) =>
      word
        .replace(/<text:s[^>]*>/g, ' ')
        .replace(/<[^>]+>/g, '')
        .replace(/&quot;/g, '"'),
    )
    return [type, ...(formula ? [formula] : []), words.join('\n')].join(' ')
  })
}

describe('a table in plain text', () => {
  const LIKE_VALUES = [
    ...['56LR01', '00123', '1/2', '3/4', '12:30', '06:00', '5%', '5 %', '$3.00', '+493012345', 'TRUE'],
    ...['01/01/1960', '13/02/2023', '2023-12-04', '04.12.2023', '11 March 2024', 'MAR1', 'SEPT2'],
    ...['4687687688339433841', '1E5', '=1+1', '@SUM(A1)', '1-2', '10:15', '-0'],
  ]

  it('keeps as text, as it stands, whatever would look different as a value', async () => {
    assert.deepEqual(
      await cells(LIKE_VALUES),
      LIKE_VALUES.map(value => `string ${value}`),
    )
  })

  it('has plain numbers as numbers that look as they were written', async () => {
    const numbers = ['1.50', '-5', '0', '0.10', '123456789012345', '100']
    assert.deepEqual(
      await cells(numbers),
      numbers.map(value => `float ${value}`),
    )
  })

  it('prints all of it as it stands', async () => {
    const values = [...LIKE_VALUES, '1.50', '-5', '123456789012345']
    const text = await pageText(await result(`Value\n${values.join('\n')}\n`, 'pdf'))
    // How wide a space is in print is no matter of the words.
    const lines = text.split('\n').map(line => line.replace(/\s/g, ''))
    for (const value of values) assert.ok(lines.includes(value.replace(/\s/g, '')), value)
  })

  it('has dates, times and percentages as such where it is asked to, and they look as before', async () => {
    const dated = ['2023-12-04', '04.12.2023', '13/02/2023', '06:00', '31.02.2023']
    assert.deepEqual(await cells(dated, { dates: 'dayFirst' }), [
      'date 2023-12-04',
      'date 04.12.2023',
      'date 13/02/2023',
      'time 06:00',
      'string 31.02.2023',
    ])
    assert.deepEqual(await cells(['5%', '12.5 %'], { percentages: true }), [
      'percentage 5%',
      'percentage 12.5 %',
    ])
  })

  it('calculates formulas only where it is asked to', async () => {
    assert.deepEqual(await cells(['=1+1'], { formulas: true }), ['float =1+1 2'])
  })

  it('is text in every cell where it is asked to', async () => {
    assert.deepEqual(await cells(['1.50', '100'], { asText: true }), ['string 1.50', 'string 100'])
  })

  it('keeps spaces, quotation marks and lines of a cell', async () => {
    assert.deepEqual(await cells([' lead', '"say ""hi"""', '"two\nlines"']), [
      'string  lead',
      'string say "hi"',
      'string two\nlines',
    ])
  })

  for (const [what, bytes, expected] of [
    ['decimal commas without a heading', '12,50;13,75\n1,10;2,20\n', ['12,50 13,75', '1,10 2,20']],
    [
      'a first line that tells the separator',
      'sep=;\r\nName;Sum\r\nMüller;42\r\n',
      ['Name Sum', 'Müller 42'],
    ],
    ['UTF-16 of either order', Buffer.from('\ufeffé1;b\n', 'utf16le').swap16(), ['é1 b']],
    [
      'a letter of windows-1252 after 64 KiB',
      Buffer.concat([Buffer.from('a,b\n'.repeat(17_000)), Buffer.from('\xe9,b\n', 'latin1')]),
      ['a b'],
    ],
  ] as const)
    it(`has the right columns and letters: ${what}`, async () => {
      const { 'content.xml': content } = await partsOf(await result(bytes as Buffer | string, 'ods'))
      const rows = [...String(content).matchAll(/<table:table-row.*?<\/table:table-row>/gs)].map(([row]) =>
        [...row.matchAll(/<text:p>(.*?)<\/text:p>/g)].map(([, word]) => word).join(' '),
      )
      assert.deepEqual(rows.slice(0, expected.length), expected)
      if (what.startsWith('a letter')) assert.ok(String(content).includes('>é<'))
    })

  it('adds numbers up in the mark of the file', async () => {
    const csv = 'Sum\n1,5\n2,25\n=SUM(A2:A3)\n'
    const { 'content.xml': content } = await partsOf(
      await result(
        csv
          .replace('Sum', 'a;Sum')
          .replace(/^(?=[\d=])/gm, 'x;')
          .replaceAll('A2:A3', 'B2:B3'),
        'ods',
        { options: { formulas: true } },
      ),
    )
    assert.match(String(content), /office:value="3.75"/)
    assert.match(String(content), />2,25</)
  })

  it('gives its name to the sheet', async () => {
    const { bytes } = await make(
      bench,
      { bytes: 'a,b\n', format: 'csv' },
      { target: 'ods', fileName: 'Quarterly figures.csv' },
    )
    assert.match(String((await partsOf(bytes))['content.xml']), /table:name="Quarterly figures"/)
  })

  it('that no sheet can hold is refused with its size', async () => {
    await assert.rejects(result(`${'a,'.repeat(16_400)}\n`, 'pdf'), { code: 'table_too_large' })
  })
})

describe('a table that is written as plain text', () => {
  let formatted: Buffer
  before(async () => {
    const cells = [
      { value: 1067, format: '00000' },
      { value: 1.5, format: '0.00" kg"' },
      { value: 0.25, format: 'h:mm' },
      { value: 1234.5678, format: '#,##0.0' },
    ]
    formatted = await writeExcelFile([cells]).toBuffer()
  })

  for (const format of ['xlsx', 'ods'])
    it(`has cells as they are shown, or their raw values: ${format}`, async () => {
      const bytes = format === 'ods' ? await result(formatted, 'ods', { format: 'xlsx' }) : formatted
      const shown = String(await result(bytes, 'csv', { format }))
      assert.equal(shown.trim(), '01067,1.50 kg,6:00,"1,234.6"')
      const raw = String(await result(bytes, 'csv', { options: { values: 'raw' }, format }))
        .trim()
        .split(',')
      assert.deepEqual([raw[0], raw[1], raw[3]], ['1067', '1.5', '1234.5678'])
    })

  it('is refused in a character set that lacks one of its characters, which is named', async () => {
    const letters = await writeExcelFile([[{ value: 'ok' }], [{ value: 'Жук' }]]).toBuffer()
    await assert.rejects(result(letters, 'csv', { options: { charset: 'windows-1252' }, format: 'xlsx' }), {
      code: 'charset_lacks_character',
      message: /windows-1252 has no “Ж” \(U\+0416\), which stands in line 2/,
    })
    const text = '<html><meta charset="utf-8"><p>Жук</p></html>'
    await assert.rejects(result(text, 'txt', { options: { charset: 'iso-8859-1' }, format: 'html' }), {
      code: 'charset_lacks_character',
    })
  })
})
