/** Every target format, with the name of the LibreOffice filter that writes it. Pure data, safe for the browser. */
import type { Family } from './sources.ts'

export interface TargetFormat {
  /** Without a dot. */
  extension: string
  mediaType: string
  name: string
  /** What it is useful for. */
  sentence: string
  /** The filter that writes it, for each family that may become it. */
  filters: Partial<Record<Family, string>>
  /** The families that become it by way of a PDF, whose pages poppler draws or reads. */
  fromPages: readonly Family[]
  /** A PDF may become it: with some of its pages, split, or locked. */
  fromPdf?: true
}

const EVERY: readonly Family[] = ['presentation', 'document', 'spreadsheet', 'drawing']
const NONE: readonly Family[] = []

const PDF_FILTERS = {
  presentation: 'impress_pdf_Export',
  document: 'writer_pdf_Export',
  spreadsheet: 'calc_pdf_Export',
  drawing: 'draw_pdf_Export',
}

const pdf = (name: string, sentence: string): TargetFormat => ({
  extension: 'pdf',
  mediaType: 'application/pdf',
  name,
  sentence,
  filters: PDF_FILTERS,
  fromPages: NONE,
})

const picture = (name: string, mediaType: string, sentence: string): TargetFormat => ({
  extension: name.toLowerCase(),
  mediaType,
  name,
  sentence,
  filters: {},
  fromPages: EVERY,
})

const office = (
  [extension, family, filter]: readonly [string, Family, string],
  mediaType: string,
  name: string,
): TargetFormat => ({
  extension,
  mediaType,
  name,
  sentence: `To continue editing it as ${name}.`,
  filters: { [family]: filter },
  fromPages: NONE,
})

const OOXML = 'application/vnd.openxmlformats-officedocument'
const ODF = 'application/vnd.oasis.opendocument'

/** Every target format by its name in the API. */
// biome-ignore format: a table, one row a target
export const TARGETS: ReadonlyMap<string, TargetFormat> = new Map([
  ['pdf', { ...pdf('PDF', 'Looks the same everywhere.'), fromPdf: true }],
  ['pdfa-1b', pdf('PDF/A-1b', 'For archives that ask for the oldest profile: fonts inside, no transparency. Each page with something transparent becomes one picture, whose text can be neither searched nor copied.')],
  ['pdfa-2b', pdf('PDF/A-2b', 'For archives: it contains everything that is needed to show it.')],
  ['pdfa-3b', pdf('PDF/A-3b', 'For archives, where files may be attached.')],
  ['pdfua', pdf('PDF/UA', 'For screen readers: tagged, with title and language.')],
  ['png', picture('PNG', 'image/png', 'Sharp pictures of pages.')],
  ['jpg', picture('JPG', 'image/jpeg', 'Small pictures of pages.')],
  ['svg', picture('SVG', 'image/svg+xml', 'Pictures of pages that can be enlarged.')],
  ['txt', {
    extension: 'txt', mediaType: 'text/plain; charset=utf-8', name: 'plain text', sentence: 'Only the words.',
    filters: { document: 'Text (encoded)' }, fromPages: ['presentation', 'spreadsheet', 'drawing'],
  }],
  ['docx', office(['docx', 'document', 'MS Word 2007 XML'], `${OOXML}.wordprocessingml.document`, 'Word')],
  ['odt', office(['odt', 'document', 'writer8'], `${ODF}.text`, 'OpenDocument text')],
  ['rtf', office(['rtf', 'document', 'Rich Text Format'], 'application/rtf', 'rich text')],
  ['html', {
    ...office(['html', 'document', 'HTML (StarWriter)'], 'text/html; charset=utf-8', 'web page'),
    sentence: 'To read in a browser, in one file with its pictures.',
  }],
  ['xlsx', office(['xlsx', 'spreadsheet', 'Calc MS Excel 2007 XML'], `${OOXML}.spreadsheetml.sheet`, 'Excel')],
  ['ods', office(['ods', 'spreadsheet', 'calc8'], `${ODF}.spreadsheet`, 'OpenDocument spreadsheet')],
  ['csv', {
    ...office(['csv', 'spreadsheet', 'Text - txt - csv (StarCalc)'], 'text/csv', 'CSV table'),
    sentence: 'One sheet as plain text, its cells as they look. Default: the first sheet.',
  }],
  ['pptx', office(['pptx', 'presentation', 'Impress MS PowerPoint 2007 XML'], `${OOXML}.presentationml.presentation`, 'PowerPoint')],
  ['odp', office(['odp', 'presentation', 'impress8'], `${ODF}.presentation`, 'OpenDocument presentation')],
])

export const PDF_TARGETS: readonly string[] = ['pdf', 'pdfa-1b', 'pdfa-2b', 'pdfa-3b', 'pdfua']
export const PICTURE_TARGETS: readonly string[] = ['png', 'jpg', 'svg']
