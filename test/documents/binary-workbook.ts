import { archive } from './archive.ts'

const NONE = Buffer.alloc(0)
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The smallest binary Excel workbook (.xlsb) that shows these words in its first cell; [MS-XLSB]. */
export function binaryWorkbook(words: string): Promise<Buffer> {
  const sheet = Buffer.concat([numbers(0, 1), wide('rId1'), wide('Sheet1')])
  const cell = Buffer.concat([numbers(0, 0), wide(words)])
  return archive({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>`,
    '_rels/.rels': related('officeDocument', 'xl/workbook.bin'),
    'xl/workbook.bin': Buffer.concat([
      ...[record(131, NONE), record(143, NONE), record(156, sheet)],
      ...[record(144, NONE), record(132, NONE)],
    ]),
    'xl/_rels/workbook.bin.rels': related('worksheet', 'worksheets/sheet1.bin'),
    'xl/worksheets/sheet1.bin': Buffer.concat([
      ...[record(129, NONE), record(145, NONE), record(0, Buffer.concat([numbers(0, 0), Buffer.alloc(9)]))],
      ...[record(6, cell), record(146, NONE), record(130, NONE)],
    ]),
  })
}

/** Numbers above 127 take two bytes, seven bits in each. */
function record(type: number, data: Buffer): Buffer {
  const number = (value: number) => (value < 128 ? [value] : [(value & 127) | 128, value >> 7])
  return Buffer.concat([Buffer.from([...number(type), ...number(data.length)]), data])
}

function wide(text: string): Buffer {
  return Buffer.concat([numbers(text.length), Buffer.from(text, 'utf16le')])
}

function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => {
    bytes.writeUInt32LE(value, index * 4)
  })
  return bytes
}

function related(kind: string, target: string): string {
  return `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/${kind}" Target="${target}"/></Relationships>`
}
