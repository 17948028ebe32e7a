import { compound } from './sample-compound.ts'

/** [MS-XLS]: the smallest workbook of Excel 97 whose cells show a number and a day, saved in a country (by its telephone number). */
export function oldWorkbook({ country }: { country: number }): Buffer {
  const [GLOBALS, SHEET, DAY, NUMBER] = [0x0005, 0x0010, 14, 4]
  const start = (type: number) => xlsRecord(0x0809, words(0x0600, type, 0x0dbb, 0x07cc, 0, 0, 0, 0))
  const font = xlsRecord(
    0x31,
    Buffer.concat([words(200, 0, 0x7fff, 400, 0, 0, 0), Buffer.from([5, 0]), Buffer.from('Arial')]),
  )
  const look = (format: number) => xlsRecord(0xe0, words(0, format, 1, 0x20, 0, 0, 0, 0, 0, 0))
  const cell = (column: number, look: number, value: number) => {
    const number = Buffer.alloc(8)
    number.writeDoubleLE(value)
    return xlsRecord(0x203, Buffer.concat([words(0, column, look), number]))
  }
  const before = [
    ...[
      start(GLOBALS),
      font,
      font,
      font,
      font,
      ...Array.from({ length: 16 }, () => look(0)),
      look(DAY),
      look(NUMBER),
    ],
    ...[xlsRecord(0x8c, words(country, country))],
  ]
  const end = xlsRecord(0x0a, Buffer.alloc(0))
  const nameBytes = 8 + 'Sheet'.length
  const sheetAt = Buffer.concat(before).length + 4 + nameBytes + end.length
  const place = Buffer.alloc(4)
  place.writeUInt32LE(sheetAt)
  const name = xlsRecord(0x85, Buffer.concat([place, words(0), Buffer.from([5, 0]), Buffer.from('Sheet')]))
  const cells = [cell(0, 16, 45264), cell(1, 17, 1234.5)]
  const wide = xlsRecord(0x7d, words(0, 1, 20 * 256, 15, 0, 0))
  return compound({ Workbook: Buffer.concat([...before, name, end, start(SHEET), wide, ...cells, end]) })
}

/** A record of [MS-XLS]. */
export function xlsRecord(kind: number, body: Buffer): Buffer {
  return Buffer.concat([words(kind, body.length), body])
}

function words(...values: number[]): Buffer {
  return Buffer.concat(
    values.map(value => {
      const bytes = Buffer.alloc(2)
      bytes.writeUInt16LE(value)
      return bytes
    }),
  )
}
