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
