import writeExcelFile from 'write-excel-file/node'

/** A real Excel workbook; each row shows `<title> row <n>` and its number. */
export async function sheet({ rows = 3, title = 'Sheet' } = {}): Promise<Buffer> {
  const data = Array.from({ length: rows }, (_, index) => [`${title} row ${index + 1}`, index + 1])
  return writeExcelFile(data).toBuffer()
}
