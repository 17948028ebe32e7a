/** Every source format, with the name of the LibreOffice filter that reads it. Pure data, safe for the browser. */

export type Family = 'presentation' | 'document' | 'spreadsheet' | 'drawing' | 'pdf'

export interface SourceFormat {
  family: Family
  /** With its article, as in “this is not a PowerPoint presentation”. */
  name: string
  /**
   * With a filter, LibreOffice opens a file only as the detected format, whatever it contains. Null for formats that
   * are a whole family of old ones (.ppt, .doc, .xls: 95, 97, …), and where LibreOffice chooses by content.
   */
  filter: string | null
}

type Row = readonly [format: string, name: string, filter: string | null]

// biome-ignore format: a table, one row a format
const PRESENTATIONS: readonly Row[] = [
  ['pptx', 'a PowerPoint presentation', 'Impress MS PowerPoint 2007 XML'],
  ['ppsx', 'a PowerPoint show', 'Impress MS PowerPoint 2007 XML AutoPlay'],
  ['potx', 'a PowerPoint template', 'Impress MS PowerPoint 2007 XML Template'],
  ['pptm', 'a PowerPoint presentation with macros', 'Impress MS PowerPoint 2007 XML VBA'],
  ['ppsm', 'a PowerPoint show with macros', 'Impress MS PowerPoint 2007 XML AutoPlay'],
  ['potm', 'a PowerPoint template with macros', 'Impress MS PowerPoint 2007 XML Template'],
  ['ppt', 'a PowerPoint 97 presentation', null],
  ['pps', 'a PowerPoint 97 show', null],
  ['pot', 'a PowerPoint 97 template', null],
  ['odp', 'an OpenDocument presentation', 'impress8'],
  ['otp', 'an OpenDocument presentation template', 'impress8_template'],
  ['fodp', 'a flat OpenDocument presentation', 'OpenDocument Presentation Flat XML'],
  ['sxi', 'an OpenOffice 1 presentation', 'StarOffice XML (Impress)'],
  ['key', 'a Keynote presentation', 'Apple Keynote'],
]

// biome-ignore format: a table, one row a format
const DOCUMENTS: readonly Row[] = [
  ['docx', 'a Word document', 'MS Word 2007 XML'],
  ['dotx', 'a Word template', 'MS Word 2007 XML Template'],
  ['docm', 'a Word document with macros', 'MS Word 2007 XML VBA'],
  ['dotm', 'a Word template with macros', 'MS Word 2007 XML Template'],
  ['doc', 'a Word 97 document', null],
  ['dot', 'a Word 97 template', null],
  ['wordml', 'a Word 2003 XML document', 'MS Word 2003 XML'],
  ['odt', 'an OpenDocument text', 'writer8'],
  ['ott', 'an OpenDocument text template', 'writer8_template'],
  ['fodt', 'a flat OpenDocument text', 'OpenDocument Text Flat XML'],
  ['rtf', 'a rich text', 'Rich Text Format'],
  ['txt', 'a plain text', 'Text (encoded)'],
  ['sxw', 'an OpenOffice 1 text', 'StarOffice XML (Writer)'],
  ['pages', 'a Pages document', 'Apple Pages'],
  ['wpd', 'a WordPerfect document', 'WordPerfect'],
  ['wps', 'a Works document', 'MS_Works'],
  ['wri', 'a Write document', 'MS_Write'],
  ['html', 'a web page', 'HTML (StarWriter)'],
  ['mhtml', 'a web archive (MHTML)', 'HTML (StarWriter)'],
]

// biome-ignore format: a table, one row a format
const SPREADSHEETS: readonly Row[] = [
  ['xlsx', 'an Excel workbook', 'Calc MS Excel 2007 XML'],
  ['xlsm', 'an Excel workbook with macros', 'Calc MS Excel 2007 VBA XML'],
  ['xltx', 'an Excel template', 'Calc MS Excel 2007 XML Template'],
  ['xltm', 'an Excel template with macros', 'Calc MS Excel 2007 XML Template'],
  ['xlsb', 'a binary Excel workbook', 'Calc MS Excel 2007 Binary'],
  ['xls', 'an Excel 97 workbook', null],
  ['xlt', 'an Excel 97 template', null],
  ['spreadsheetml', 'an Excel 2003 XML workbook', 'MS Excel 2003 XML Orcus'],
  ['mhtml-table', 'an HTML table in a web archive (MHTML)', 'HTML (StarCalc)'],
  ['html-table', 'an HTML table', 'HTML (StarCalc)'],
  ['sxc', 'an OpenOffice 1 spreadsheet', 'StarOffice XML (Calc)'],
  ['numbers', 'a Numbers spreadsheet', 'Apple Numbers'],
  ['123', 'a Lotus 1-2-3 spreadsheet', null],
  ['wb2', 'a Quattro Pro spreadsheet', null],
  ['slk', 'a spreadsheet in SYLK', 'SYLK'],
  ['dif', 'a spreadsheet in DIF', 'DIF'],
  ['ods', 'an OpenDocument spreadsheet', 'calc8'],
  ['ots', 'an OpenDocument spreadsheet template', 'calc8_template'],
  ['fods', 'a flat OpenDocument spreadsheet', 'OpenDocument Spreadsheet Flat XML'],
  ['csv', 'a table in plain text (CSV)', 'Text - txt - csv (StarCalc)'],
  ['tsv', 'a table in plain text (TSV)', 'Text - txt - csv (StarCalc)'],
]

// biome-ignore format: a table, one row a format
const DRAWINGS: readonly Row[] = [
  ['odg', 'an OpenDocument drawing', 'draw8'],
  ['otg', 'an OpenDocument drawing template', 'draw8_template'],
  ['fodg', 'a flat OpenDocument drawing', 'OpenDocument Drawing Flat XML'],
  ['sxd', 'an OpenOffice 1 drawing', 'StarOffice XML (Draw)'],
  ['vsdx', 'a Visio drawing', 'Visio Document'],
  ['vsd', 'a Visio 2003 drawing', 'Visio Document'],
  ['pub', 'a Publisher document', 'Publisher Document'],
  ['svg', 'an SVG drawing', null],
  ['png', 'a PNG picture', null],
  ['jpg', 'a JPEG picture', null],
  ['gif', 'a GIF picture', null],
  ['bmp', 'a BMP picture', null],
  ['tiff', 'a TIFF picture', null],
  ['webp', 'a WebP picture', null],
  ['emf', 'an EMF drawing', null],
  ['wmf', 'a WMF drawing', null],
]

/** They become PDFs of some of their pages, or parts of one. */
const PDFS: readonly Row[] = [['pdf', 'a PDF document', null]]

const rowsOf = (family: Family, rows: readonly Row[]) =>
  rows.map(([format, name, filter]) => [format, { family, name, filter }] as const)

/** Every source format by its extension, without a dot; those of `WITHOUT_EXTENSION` by a name of ours. */
export const SOURCES: ReadonlyMap<string, SourceFormat> = new Map([
  ...rowsOf('presentation', PRESENTATIONS),
  ...rowsOf('document', DOCUMENTS),
  ...rowsOf('spreadsheet', SPREADSHEETS),
  ...rowsOf('drawing', DRAWINGS),
  ...rowsOf('pdf', PDFS),
])

/** Sources that are one picture; LibreOffice opens them as a drawing that contains it. */
export const PICTURES: readonly string[] = ['svg', 'png', 'jpg', 'gif', 'bmp', 'tiff', 'webp', 'emf', 'wmf']

/** Sources whose files end as those of other formats; they are known by their content. */
export const WITHOUT_EXTENSION: readonly string[] = ['wordml', 'spreadsheetml', 'mhtml-table', 'html-table']

// biome-ignore format: a list
const ALIASES: Record<string, string> = {
  htm: 'html', xhtml: 'html', xht: 'html', mht: 'mhtml', jpeg: 'jpg', tif: 'tiff', sylk: 'slk', wp: 'wpd',
  stw: 'sxw', stc: 'sxc', sti: 'sxi', std: 'sxd',
  wk1: '123', wk3: '123', wk4: '123', wks: '123', wb1: 'wb2', wb3: 'wb2', wq1: 'wb2', wq2: 'wb2', qpw: 'wb2',
}

/** The format that a file name claims; undefined for an unknown extension. */
export function claimedFormat(fileName: string): string | undefined {
  const dot = fileName.lastIndexOf('.')
  const extension = dot < 0 ? '' : fileName.slice(dot + 1).toLowerCase()
  const format = ALIASES[extension] ?? extension
  return SOURCES.has(format) ? format : undefined
}
