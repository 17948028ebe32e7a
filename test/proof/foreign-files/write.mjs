// Writes one file of each kind that a few packages know. Run in a folder that has them; files go into `files`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { Document, Packer, Paragraph } from 'docx'
import ExcelJS from 'exceljs'
import PptxGenJS from 'pptxgenjs'
import writeExcelFile from 'write-excel-file/node'
import XLSX from 'xlsx'

const ROWS = [
  ['Name', 'Sum'],
  ['Anna', 42],
  ['Peter', 1.5],
]
/** What SheetJS calls a kind, and how a file of it is called. */
const BOOKS = {
  xlsx: 'xlsx',
  xlsm: 'xlsm',
  xlsb: 'xlsb',
  biff8: 'xls',
  biff5: 'xls',
  biff4: 'xls',
  biff3: 'xls',
  biff2: 'xls',
  xlml: 'xls',
  xla: 'xla',
  ods: 'ods',
  fods: 'fods',
  csv: 'csv',
  txt: 'txt',
  sylk: 'slk',
  html: 'html',
  dif: 'dif',
  wk1: 'wk1',
  wk3: 'wk3',
  rtf: 'rtf',
}

mkdirSync('files')
const save = (name, bytes) => writeFileSync(`files/${name}`, bytes)
const book = XLSX.utils.book_new()
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(ROWS), 'One')
for (const [bookType, extension] of Object.entries(BOOKS))
  save(`sheetjs-${bookType}.${extension}`, XLSX.write(book, { type: 'buffer', bookType }))

save('docx.docx', await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('Anna')] }] })))

const deck = new PptxGenJS()
deck.addSlide().addText('Anna', { x: 1, y: 1, w: 4, h: 1 })
save('pptxgenjs.pptx', await deck.write({ outputType: 'nodebuffer' }))

const excel = new ExcelJS.Workbook()
excel.addWorksheet('One').addRows(ROWS)
save('exceljs.xlsx', Buffer.from(await excel.xlsx.writeBuffer()))
save('exceljs.csv', Buffer.from(await excel.csv.writeBuffer()))

const cells = ROWS.map(row => row.map(value => ({ value })))
await writeExcelFile(cells).toFile('files/write-excel-file.xlsx')
