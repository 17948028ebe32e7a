import writeExcelFile from 'write-excel-file/node'

/** A real Excel workbook; each row shows `<title> row <n>` and its number. */
export async function sheet({ rows = 3, title = 'Sheet' } = {}): Promise<Buffer> {
  const data = Array.from({ length: rows }, (_, index) => [`${title} row ${index + 1}`, index + 1])
  return writeExcelFile(data).toBuffer()
}

/** Sheets by their names; each has one row of cells `<name>`, `<name> 2`, and so on. */
export async function workbook(names: readonly string[], { columns = 3 } = {}): Promise<Buffer> {
  const sheets = names.map(name => ({
    sheet: name,
    data: [Array.from({ length: columns }, (_, index) => (index === 0 ? name : `${name} ${index + 1}`))],
  }))
  return writeExcelFile(sheets).toBuffer()
}

/** A report of several sheets, each with as many rows of eight cells: texts, numbers and dates. */
export async function orders({ sheets, rows }: { sheets: number; rows: number }): Promise<Buffer> {
  const day = (row: number) => ({ value: new Date(Date.UTC(2024, 0, 1 + (row % 700))), format: 'yyyy-mm-dd' })
  const rowOf = (row: number, sheet: number) => [
    `Order ${sheet * rows + row}`,
    `Customer ${(row * 7919) % 997}`,
    day(row),
    row % 12,
    row * 1.25,
    (row * 31) % 1000,
    `City ${row % 40}`,
    row % 3 === 0 ? 'paid' : 'open',
  ]
  const all = Array.from({ length: sheets }, (_, sheet) => ({
    sheet: `Branch ${sheet + 1}`,
    columns: rowOf(0, 0).map(() => ({ width: 14 })),
    data: Array.from({ length: rows }, (_, row) => rowOf(row, sheet)),
  }))
  return writeExcelFile(all).toBuffer()
}
