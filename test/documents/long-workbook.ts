import { flat } from './flat.ts'

export interface LongWorkbookOptions {
  sheets: number
  /** About fifty make a page. */
  rows: number
  /** Whether the first cell of each sheet leads to the last sheet. */
  hasInnerLinks?: boolean
}

const STYLES = `
<number:number-style style:name="wide"><number:number number:decimal-places="2" number:grouping="true"/></number:number-style>
<style:style style:name="number" style:family="table-cell" style:data-style-name="wide"/>
<style:style style:name="filled" style:family="table-cell"><style:table-cell-properties fo:background-color="#dddddd"/></style:style>
<style:style style:name="column" style:family="table-column"><style:table-column-properties style:column-width="2.5cm"/></style:style>
<style:style style:name="sheet" style:family="table" style:master-page-name="numbered"/>
<style:page-layout style:name="layout"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/><style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style></style:page-layout>`

const MASTERS =
  '<style:master-page style:name="numbered" style:page-layout-name="layout"><style:header><text:p><text:sheet-name>?</text:sheet-name></text:p></style:header><style:footer><text:p>Page <text:page-number>1</text:page-number> of <text:page-count>99</text:page-count></text:p></style:footer></style:master-page>'

/**
 * A workbook of many pages (fods), which are numbered in their footers: on each sheet links to the web, numbers that are
 * too wide for their column, and one cell that holds `###` itself.
 */
export function longWorkbook({ sheets, rows, hasInnerLinks = false }: LongWorkbookOptions): string {
  const all = Array.from({ length: sheets }, (_, index) => {
    const name = `Sheet ${index + 1}`
    const inner = link(`#'Sheet ${sheets}'.A1`, 'to the last')
    const body = Array.from({ length: rows }, (_, row) => rowOf(row, name)).join('')
    const first = `<table:table-row>${hasInnerLinks ? inner : text('###')}</table:table-row>`
    return `<table:table table:name="${name}" table:style-name="sheet"><table:table-column table:style-name="column" table:number-columns-repeated="6"/>${first}${body}</table:table>`
  })
  return flat('spreadsheet', all.join(''), { styles: STYLES, masters: MASTERS })
}

function rowOf(row: number, name: string): string {
  const isWide = row % 120 === 7
  const isLinked = row % 70 === 3
  const value = isWide ? 123_456_789_012_345 : row * 3.5
  const cells = [
    text(`${name}, row ${row}`),
    `<table:table-cell table:style-name="number" office:value-type="float" office:value="${value}"/>`,
    isLinked ? link(`https://example.org/${row}`, 'to the web') : text(`letter ${letter(row)}`),
    `<table:table-cell table:style-name="filled" office:value-type="string"><text:p>${letter(row + 5)}</text:p></table:table-cell>`,
  ]
  return `<table:table-row>${cells.join('')}</table:table-row>`
}

/** So that the parts of a document have different letters. */
const letter = (row: number) => String.fromCharCode(0x41 + (Math.floor(row / 40) % 26))

const text = (content: string) =>
  `<table:table-cell office:value-type="string"><text:p>${content}</text:p></table:table-cell>`

const link = (address: string, content: string) =>
  text(`<text:a xlink:type="simple" xlink:href="${address}">${content}</text:a>`)
