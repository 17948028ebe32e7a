/** The XML that Office 2003 wrote, and that web applications write under the names .xls and .doc. */
const SPREADSHEET = 'urn:schemas-microsoft-com:office:spreadsheet'
const WORD = 'http://schemas.microsoft.com/office/word/2003/wordml'

/** A workbook with one sheet of these rows. */
export function excel2003(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) =>
    `<Cell><Data ss:Type="${typeof value === 'number' ? 'Number' : 'String'}">${value}</Data></Cell>`
  const table = rows.map(row => `<Row>${row.map(cell).join('')}</Row>`).join('')
  return `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="${SPREADSHEET}" xmlns:ss="${SPREADSHEET}"><Worksheet ss:Name="Sheet"><Table>${table}</Table></Worksheet></Workbook>`
}

/** A text of one paragraph. */
export function word2003(words: string): string {
  return `<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="${WORD}"><w:body><w:p><w:r><w:t>${words}</w:t></w:r></w:p></w:body></w:wordDocument>`
}
