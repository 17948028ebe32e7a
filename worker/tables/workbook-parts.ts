/** The parts of a workbook with one sheet, except its cells and styles. */
import { escapeXml } from './escape-xml.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
const OOXML = 'http://schemas.openxmlformats.org'
const SHEETS = `${OOXML}/spreadsheetml/2006/main`
const RELATIONS = `${OOXML}/officeDocument/2006/relationships`
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** Added to the longest text of a column, in digits. */
const PADDING = 1.5
const NARROWEST = 8

export const CONTENT_TYPES = `${HEAD}<Types xmlns="${OOXML}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`
export const RELATIONSHIPS = relationships([['officeDocument', 'xl/workbook.xml']])
export const WORKBOOK_RELATIONSHIPS = relationships([
  ['worksheet', 'worksheets/sheet1.xml'],
  ['styles', 'styles.xml'],
])

/** The workbook part with the name of its sheet. */
export function workbookXml(sheetName: string): string {
  return `${HEAD}<workbook xmlns="${SHEETS}" xmlns:r="${RELATIONS}"><sheets><sheet name="${escapeXml(sheetName)}" sheetId="1" r:id="r1"/></sheets></workbook>`
}

/** The sheet part before its cells; widths are in digits. */
export function sheetStart(widths: readonly number[]): string {
  const columns = widths.map((digits, index) => {
    const width = Math.max(NARROWEST, digits + PADDING).toFixed(2)
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`
  })
  const cols = columns.length > 0 ? `<cols>${columns.join('')}</cols>` : ''
  return `${HEAD}<worksheet xmlns="${SHEETS}">${cols}<sheetData>`
}

/** LibreOffice's page for a table in plain text: A4, the sheet's name above, the page number below. */
export function sheetEnd(): string {
  const [side, edge] = ['0.7874', '0.3937']
  return `</sheetData><pageMargins left="${side}" right="${side}" top="${side}" bottom="${side}" header="${edge}" footer="${edge}"/><pageSetup paperSize="9" orientation="portrait"/><headerFooter><oddHeader>&amp;C&amp;A</oddHeader><oddFooter>&amp;CPage &amp;P</oddFooter></headerFooter></worksheet>`
}

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const all = targets.map(
    ([type, target], index) =>
      `<Relationship Id="r${index + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  )
  return `${HEAD}<Relationships xmlns="${OOXML}/package/2006/relationships">${all.join('')}</Relationships>`
}
