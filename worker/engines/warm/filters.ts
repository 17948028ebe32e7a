import type { DocumentKind } from '#worker/uno/document.ts'

/**
 * LibreOffice's names of its import filters. With one of them a file is opened as what the intake found it to be and
 * as nothing else, whatever it holds. Formats that are a whole family of old ones (.ppt, .doc, .xls: 95, 97, …), and
 * those where LibreOffice's own choice depends on the content, are left to it.
 */
const IMPORT: Readonly<Record<string, string>> = {
  pptx: 'Impress MS PowerPoint 2007 XML',
  ppsx: 'Impress MS PowerPoint 2007 XML AutoPlay',
  potx: 'Impress MS PowerPoint 2007 XML Template',
  pptm: 'Impress MS PowerPoint 2007 XML VBA',
  ppsm: 'Impress MS PowerPoint 2007 XML AutoPlay',
  potm: 'Impress MS PowerPoint 2007 XML Template',
  odp: 'impress8',
  otp: 'impress8_template',
  fodp: 'OpenDocument Presentation Flat XML',
  docx: 'MS Word 2007 XML',
  dotx: 'MS Word 2007 XML Template',
  docm: 'MS Word 2007 XML VBA',
  dotm: 'MS Word 2007 XML Template',
  odt: 'writer8',
  ott: 'writer8_template',
  fodt: 'OpenDocument Text Flat XML',
  rtf: 'Rich Text Format',
  xlsx: 'Calc MS Excel 2007 XML',
  xlsm: 'Calc MS Excel 2007 VBA XML',
  xltx: 'Calc MS Excel 2007 XML Template',
  xltm: 'Calc MS Excel 2007 XML Template',
  xlsb: 'Calc MS Excel 2007 Binary',
  ods: 'calc8',
  ots: 'calc8_template',
  fods: 'OpenDocument Spreadsheet Flat XML',
  odg: 'draw8',
  otg: 'draw8_template',
  fodg: 'OpenDocument Drawing Flat XML',
}

const PDF_EXPORT: Readonly<Record<DocumentKind, string | undefined>> = {
  presentation: 'impress_pdf_Export',
  drawing: 'draw_pdf_Export',
  spreadsheet: 'calc_pdf_Export',
  text: 'writer_pdf_Export',
  other: undefined,
}

/** The filter that reads this format; undefined where LibreOffice is to look for itself. */
export function importFilter(format: string): string | undefined {
  return IMPORT[format]
}

/** The filter that writes a document of this kind into this target, or undefined. */
export function exportFilter(kind: DocumentKind, target: string): string | undefined {
  return target === 'pdf' ? PDF_EXPORT[kind] : undefined
}
