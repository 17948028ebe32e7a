import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertRefused, formatOf } from './expect.ts'

const bytes = (hex: string) => Buffer.concat([Buffer.from(hex.replaceAll(' ', ''), 'hex'), Buffer.alloc(100)])

/** How files of each program begin, and the format that they are. */
const BEGINNINGS: [program: string, name: string, hex: string, format: string][] = [
  ['Excel 2', 'a.xls', '09 00 04 00 02 00 10 00', 'xls'],
  ['Excel 3', 'a.xls', '09 02 06 00 00 00 10 00 00 00', 'xls'],
  ['Excel 3', 'a.xls', '09 02 06 00 03 00 10 00 62 72', 'xls'],
  ['Excel 4', 'a.xls', '09 04 06 00 00 00 10 00 d3 10', 'xls'],
  ['Lotus 1-2-3 for DOS', 'a.wk1', '00 00 02 00 06 04 06 00 08 00', '123'],
  ['Lotus 1-2-3, release 1A', 'a.wks', '00 00 02 00 04 04 06 00 08 00', '123'],
  ['Lotus 1-2-3, release 3', 'a.wk3', '00 00 1a 00 00 10 04 00 00 00', '123'],
  ['Lotus 1-2-3, release 4', 'a.wk4', '00 00 1a 00 02 10 04 00 00 00', '123'],
  ['Lotus 1-2-3 97', 'a.123', '00 00 1a 00 03 10 04 00 00 00', '123'],
  ['Quattro Pro for DOS', 'a.wq1', '00 00 02 00 20 51 06 00 08 00', 'wb2'],
  ['Quattro Pro for Windows', 'a.wb1', '00 00 02 00 01 10 c9 00 02 00', 'wb2'],
  ['WordPerfect', 'a.wpd', 'ff 57 50 43 95 06 00 00 01 0a 02 01', 'wpd'],
  ['Write', 'a.wri', '31 be 00 00 00 ab 00 00 00 00', 'wri'],
  ['an enhanced metafile', 'a.emf', `01 00 00 00 6c 00 00 00 ${'00 '.repeat(32)}20 45 4d 46`, 'emf'],
  ['a placeable metafile', 'a.wmf', 'd7 cd c6 9a 00 00 00 00 9b 00 60 00', 'wmf'],
  ['a metafile', 'a.wmf', '01 00 09 00 00 03 32 12 00 00', 'wmf'],
]

describe('a scan of old files', () => {
  for (const [program, name, hex, format] of BEGINNINGS)
    it(`knows those of ${program}, with its name and without`, async () => {
      assert.equal(await formatOf(bytes(hex), name), format)
      assert.equal(await formatOf(bytes(hex), 'a'), format)
    })

  it('names a WordPerfect file that is no document', async () => {
    await assertRefused([bytes('ff 57 50 43 10 00 00 00 01 16 01 00'), 'a.wpd'], 'corrupt_file')
  })

  it('names those that are too old for LibreOffice', async () => {
    await assertRefused([bytes('db a5 2d 00 00 00'), 'a.doc'], 'unsupported_format', /too old/)
  })

  it('names a dBase table by its first byte and its name', async () => {
    await assertRefused(
      [bytes('03 10 05 18 14 00 00 00 81 00 26 00'), 'a.dbf'],
      'unsupported_format',
      /a dBase table/,
    )
    await assertRefused(
      [bytes('03 10 05 18 14 00 00 00 81 00 26 00'), 'a'],
      'unsupported_format',
      /an unknown kind/,
    )
  })
})
