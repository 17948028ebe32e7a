/** Kinds of files that cannot be converted, each with what the sender can do instead. */
import type { OtherKind } from './finding.ts'

const WHOLE_DOCUMENT = 'Send the document that it was made from.'
const AS_PICTURE = 'Open it in the program that shows it, export it as JPEG or PNG and send that.'
const UNPACKED = 'Unpack it and send the documents in it.'
const AS_OFFICE =
  'Open it in the program that made it, save it as an Office or OpenDocument file and send that.'

// biome-ignore format: a table, one row a kind
const KINDS = {
  xps: { other: 'an XPS document', nextStep: WHOLE_DOCUMENT },
  mail: { other: 'an e-mail', nextStep: 'Open it in your mail program and print it into a PDF, or save its attachments and send those.' },
  message: { other: 'an Outlook message', nextStep: 'Open it in Outlook and save it as HTML, or save its attachments, and send that.' },
  epub: { other: 'an e-book (EPUB)', nextStep: 'Convert it into HTML or DOCX with a program for e-books, such as Calibre, and send that.' },
  heic: { other: 'a HEIC picture', nextStep: AS_PICTURE },
  avif: { other: 'an AVIF picture', nextStep: AS_PICTURE },
  bigTiff: { other: 'a TIFF picture in the form for more than 4 GB (BigTIFF)', nextStep: 'Save it as an ordinary TIFF or as PNG and send that.', names: ['tiff'] },
  photoshop: { other: 'a Photoshop picture', nextStep: AS_PICTURE },
  icon: { other: 'an icon', nextStep: AS_PICTURE },
  zip: { other: 'a ZIP archive', nextStep: UNPACKED },
  gzip: { other: 'a GZIP archive', nextStep: UNPACKED },
  xz: { other: 'an XZ archive', nextStep: UNPACKED },
  sevenZip: { other: 'a 7-Zip archive', nextStep: UNPACKED },
  rar: { other: 'a RAR archive', nextStep: UNPACKED },
  tar: { other: 'a TAR archive', nextStep: UNPACKED },
  program: { other: 'a program' },
  text: { other: 'a plain text', nextStep: 'Give it a name that ends in .txt and send it again.' },
  table: { other: 'a table in plain text', nextStep: 'Give it a name that ends in .csv and send it again.' },
  tabTable: { other: 'a table in plain text', nextStep: 'Give it a name that ends in .tsv and send it again.' },
  xml: { other: 'an XML file', nextStep: 'To print it as it stands, give it a name that ends in .txt and send it again.' },
  flatWord: { other: 'a Word document as one XML file', nextStep: 'Open it in Word, save it as a Word document (.docx) and send that.' },
  addIn: { other: 'an add-in, which holds macros and no document', nextStep: 'Send the document that it is used with.' },
  rareOffice: { other: 'an Office file of a rare kind', nextStep: AS_OFFICE },
  rareOpenDocument: { other: 'an OpenDocument file of a rare kind', nextStep: AS_OFFICE },
  package: { other: 'a package of another program', nextStep: AS_OFFICE },
  compound: { other: 'a compound file of another program', nextStep: AS_OFFICE },
  openOffice1: { other: 'an OpenOffice 1 document', nextStep: 'Open it in LibreOffice, save it as OpenDocument and send that.' },
  starOffice: { other: 'a StarOffice document', nextStep: 'Open it in LibreOffice, save it as OpenDocument and send that.' },
  visio: { other: 'a Visio drawing', nextStep: 'Open it in Visio, save it as .vsdx and send that.' },
  publisher: { other: 'a Publisher document', nextStep: AS_OFFICE },
  managed: { other: 'a document under rights management', nextStep: 'Open it in the program that made it, take the restrictions away and send that copy.' },
  oldWorks: { other: 'a document of Works 3 or 4', nextStep: AS_OFFICE, names: ['wps'] },
  hangul: { other: 'a Hangul document', nextStep: 'Open it in Hangul, save it as a Word document and send that.' },
  dBase: { other: 'a dBase table', nextStep: 'Open it in a spreadsheet program, save it as .xlsx or .csv and send that.' },
  oldWord: { other: 'a document of Word for DOS or of a Word before 2.0, which is too old', nextStep: AS_OFFICE, names: ['doc', 'dot', 'wri'] },
  iwork: { other: 'a document of Pages, Numbers or Keynote', nextStep: 'Give it a name that ends in .pages, .numbers or .key and send it again.', names: ['key', 'numbers', 'pages'] },
  unknown: { other: 'an unknown kind' },
} as const satisfies Record<string, OtherKind>

/** The entry of a kind that cannot be converted. */
export function otherKind(kind: keyof typeof KINDS): OtherKind {
  return { ...KINDS[kind], kind }
}
