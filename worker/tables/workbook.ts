/** Writes a table as a workbook with an explicit type and format for every cell, with constant memory. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { cellOf, type Typing } from './cell.ts'
import { escapeXml } from './escape-xml.ts'
import { records } from './records.ts'
import { Styles } from './styles.ts'
import type { TableSurvey } from './survey.ts'
import { WIDEST } from './width.ts'
import {
  CONTENT_TYPES,
  RELATIONSHIPS,
  sheetEnd,
  sheetStart,
  WORKBOOK_RELATIONSHIPS,
  workbookXml,
} from './workbook-parts.ts'

/** The number of characters that are written at once. */
const PIECE = 64 * 1024

export interface TableWorkbook {
  sourcePath: string
  path: string
  sheetName: string
  surveyed: TableSurvey
  typing: Typing
  signal: AbortSignal
}

/** @throws the signal's reason */
export async function writeWorkbook(table: TableWorkbook): Promise<void> {
  const failed = new AbortController()
  const stop = AbortSignal.any([table.signal, failed.signal])
  const zip = new ZipFile()
  const styles = new Styles()
  zip.on('error', error => failed.abort(error))
  const add = (name: string, content: () => Iterable<string> | AsyncIterable<string>) =>
    // Compressing would take longer than all of the writing.
    zip.addReadStreamLazy(name, { compress: false }, give => {
      const stream = Readable.from(content())
      stream.on('error', error => failed.abort(error))
      give(null, stream)
    })
  add('[Content_Types].xml', () => [CONTENT_TYPES])
  add('_rels/.rels', () => [RELATIONSHIPS])
  add('xl/workbook.xml', () => [workbookXml(table.sheetName)])
  add('xl/_rels/workbook.xml.rels', () => [WORKBOOK_RELATIONSHIPS])
  add('xl/worksheets/sheet1.xml', () => sheetXml(table, styles))
  // Written last, because all number formats must be known.
  add('xl/styles.xml', () => [styles.xml()])
  zip.end()
  const output = createWriteStream(table.path, { flags: 'wx' })
  await pipeline(zip.outputStream as Readable, output, { signal: stop }).catch(error => {
    stop.throwIfAborted()
    throw error
  })
}

async function* sheetXml(table: TableWorkbook, styles: Styles): AsyncGenerator<string> {
  const { sourcePath, surveyed, typing, signal } = table
  yield sheetStart(surveyed.widths)
  let piece = ''
  for await (const record of records(sourcePath, surveyed.dialect, signal)) {
    piece += rowXml(record, typing, styles)
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield piece
  yield sheetEnd()
}

function rowXml(record: readonly string[], typing: Typing, styles: Styles): string {
  if (record.length === 1 && record[0] === '') return '<row/>'
  return `<row>${record.map(text => cellXml(text, typing, styles)).join('')}</row>`
}

function cellXml(text: string, typing: Typing, styles: Styles): string {
  if (text === '') return '<c/>'
  const cell = cellOf(text, typing)
  if (cell.kind === 'formula') return `<c><f>${escapeXml(cell.formula)}</f></c>`
  if (cell.kind === 'number') return `<c s="${styles.ofFormat(cell.format)}"><v>${cell.value}</v></c>`
  const lines = /[\r\n]/.test(text) || text.length * 2 > WIDEST
  const style = styles.ofText({ wrapped: lines, likeValue: /^[=+\-@]|\d|^(true|false)$/i.test(text) })
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text.replace(/\r\n?/g, '\n'))}</t></is></c>`
}
