/** Every option: its type, its default, where it has an effect, in one plain sentence. Pure data, safe for the browser. */
import { CHARSET_GROUPS, CHARSETS } from './charsets.ts'
import { PAPERS } from './papers.ts'
import { type Family, PICTURES } from './sources.ts'
import { PDF_TARGETS, PICTURE_TARGETS } from './targets.ts'

export type Kind =
  | { type: 'switch'; default: boolean }
  | { type: 'number'; default: number | null; min: number; max: number }
  /** Without a default it is found out by itself. */
  | { type: 'choice'; default: string | null; choices: readonly string[]; other?: Other; groups?: Groups }
  /** `pattern` as in a form field; `valid` says in words what it lets through. Of `isPages` none is named twice. */
  | { type: 'text'; maxLength: number; pattern?: string; isPages?: true; valid: string }

/** All choices by what they are for, where there are too many to look through. */
export type Groups = Readonly<Record<string, readonly string[]>>

/** What a choice takes beside its choices. */
export interface Other {
  pattern: string
  valid: string
}

export interface Option {
  name: string
  label: string
  sentence: string
  kind: Kind
  /** Which sources (formats or whole families) have it for which targets. */
  where: readonly Where[]
  /** Never shown, never stored as it is. */
  secret?: true
  /** Options beside which it has no effect, each with the targets for which that is so. */
  excludes?: Readonly<Record<string, readonly string[]>>
  /** It has an effect only beside one of these. */
  needs?: readonly string[]
}

export interface Where {
  sources: readonly (Family | string)[]
  targets: readonly string[]
}

const EVERY: readonly Family[] = ['presentation', 'document', 'spreadsheet', 'drawing']
/** What is made of pages. */
const PAGED = [...PDF_TARGETS, ...PICTURE_TARGETS]
/** A PDF/A may not hold what a form needs: LibreOffice would leave its font outside. */
const FILLABLE = ['pdf', 'pdfua']
const NUMBERS = '(all|[1-9][0-9]{0,5}(-([1-9][0-9]{0,5})?)?(,[1-9][0-9]{0,5}(-([1-9][0-9]{0,5})?)?)*)'
const LOCKABLE = [
  // LibreOffice opens no locked presentation of PowerPoint 97.
  ...['pptx', 'ppsx', 'potx', 'pptm', 'ppsm', 'potm', 'odp', 'otp'],
  ...['docx', 'dotx', 'docm', 'dotm', 'doc', 'dot', 'odt', 'ott'],
  ...['xlsx', 'xlsm', 'xltx', 'xltm', 'xlsb', 'xls', 'ods', 'ots', 'odg', 'otg'],
]

/** What has sheets besides the first. */
const WORKBOOKS = [...['xlsx', 'xlsm', 'xltx', 'xltm', 'xlsb', 'xls'], ...['ods', 'ots', 'fods']]

/** A table in plain text, which says nothing of what its cells are. */
const PLAIN_TABLES = ['csv', 'tsv']

const off: Kind = { type: 'switch', default: false }
const on: Kind = { type: 'switch', default: true }
const secret: Kind = { type: 'text', maxLength: 200, valid: 'a text of at most 200 characters' }
/** The PDF's encryption reads 127 bytes of it, in UTF-8. */
const pdfSecret: Kind = { type: 'text', maxLength: 42, valid: 'a text of at most 42 characters' }
export const DELIMITERS = ['comma', 'semicolon', 'tab', 'pipe', 'space'] as const
export type Delimiter = (typeof DELIMITERS)[number]
/** Neither letter nor digit nor what quotes cells. */
const OTHER_DELIMITER: Other = {
  pattern: '(auto|[!#-/:-@[-`{-~¡-¿])',
  valid: 'auto, any one sign of punctuation',
}
export const DATE_ORDERS = ['none', 'dayFirst', 'monthFirst'] as const
export type DateOrder = (typeof DATE_ORDERS)[number]
/** Of JPEG pictures, in a PDF and of pages. */
export const USUAL_QUALITY = 90

// biome-ignore format: a table
export const OPTIONS: readonly Option[] = [
  {
    name: 'pages', label: 'Pages',
    sentence: 'Which pages or slides, such as 1-3,7 or all, in the order in which they are named (5-2 counts down) and counted as they come without this option; unless told, pictures show the first, all else has all. One number gives one picture, anything else a zip of them.',
    kind: { type: 'text', maxLength: 200, pattern: NUMBERS, isPages: true, valid: 'page numbers such as 1-3,7 or 7,3-1, each named once, or the word all' },
    where: [{ sources: EVERY, targets: PAGED }, { sources: ['presentation', 'spreadsheet', 'drawing'], targets: ['txt'] }],
  },
  {
    name: 'quality', label: 'Picture quality',
    sentence: 'How good the pictures are as JPEG, from 1 (small) to 100 (like the original); unless told 90. JPEG pictures that need not be reduced go into a PDF as they are.',
    kind: { type: 'number', default: USUAL_QUALITY, min: 1, max: 100 },
    where: [{ sources: EVERY, targets: [...PDF_TARGETS, 'jpg'] }],
  },
  {
    name: 'lossless', label: 'Lossless pictures',
    sentence: 'Keeps pictures in the PDF exactly as they are, which makes it larger; with a resolution they are reduced, but not packed as JPEG.',
    kind: off, where: [{ sources: EVERY, targets: PDF_TARGETS }], excludes: { quality: ['*'] },
  },
  {
    name: 'resolution', label: 'Resolution',
    sentence: 'Dots per inch: finer pictures in a PDF are reduced to it (unless told 300), pages become pictures with it (unless told 150).',
    kind: { type: 'number', default: null, min: 72, max: 1200 },
    where: [{ sources: EVERY, targets: [...PDF_TARGETS, 'png', 'jpg'] }],
  },
  {
    name: 'notes', label: 'Notes pages',
    sentence: 'Whether the speaker’s notes are left out, follow the slides, or come alone.',
    kind: { type: 'choice', default: 'none', choices: ['none', 'added', 'only'] },
    where: [{ sources: ['presentation'], targets: PDF_TARGETS }],
  },
  {
    name: 'hiddenSlides', label: 'Hidden slides',
    sentence: 'Prints slides that are hidden in the show too.',
    kind: off, where: [{ sources: ['presentation'], targets: [...PAGED, 'txt'] }],
  },
  {
    name: 'hiddenSheets', label: 'Hidden sheets',
    sentence: 'Prints hidden sheets too.',
    kind: off, where: [{ sources: WORKBOOKS, targets: [...PAGED, 'txt'] }],
  },
  {
    name: 'bookmarks', label: 'Bookmarks',
    sentence: 'Makes a table of contents beside the pages from headings, slide titles or names of sheets; a drawing has none where only some of its pages are printed.',
    kind: on, where: [{ sources: EVERY, targets: PDF_TARGETS }],
  },
  {
    name: 'formFields', label: 'Form fields',
    sentence: 'Keeps form fields fillable instead of printing what stands in them.',
    kind: on, where: [{ sources: ['document'], targets: FILLABLE }],
  },
  {
    name: 'onePagePerSheet', label: 'One page per sheet',
    sentence: 'Makes each page as large as its sheet, so that nothing is cut.',
    kind: off, where: [{ sources: ['spreadsheet'], targets: [...PAGED, 'txt'] }],
    excludes: { fitToWidth: ['*'], landscape: ['*'], pages: PDF_TARGETS },
  },
  {
    name: 'fitToWidth', label: 'Fit to width',
    sentence: 'Shrinks sheets until all columns fit on one page’s width.',
    kind: off, where: [{ sources: ['spreadsheet'], targets: [...PAGED, 'txt'] }],
  },
  {
    name: 'landscape', label: 'Landscape',
    sentence: 'Turns the paper of sheets on its side.',
    kind: off, where: [{ sources: ['spreadsheet'], targets: [...PAGED, 'txt'] }],
  },
  {
    name: 'paper', label: 'Paper',
    sentence: 'For what has no page of its own. A picture has a page of its own size unless told; larger ones are made to fit the paper, which lies as the picture does.',
    kind: { type: 'choice', default: null, choices: Object.keys(PAPERS) },
    where: [{ sources: [...PICTURES, 'csv', 'tsv', 'txt', 'html'], targets: PAGED }],
  },
  {
    name: 'password', label: 'Password of the file',
    sentence: 'Opens a file that is locked.',
    kind: secret, secret: true, where: [{ sources: LOCKABLE, targets: ['*'] }],
  },
  {
    name: 'resultPassword', label: 'Password of the PDF',
    sentence: 'Nobody can open the PDF without it.',
    kind: pdfSecret, secret: true, where: [{ sources: EVERY, targets: ['pdf'] }],
  },
  {
    name: 'permissionPassword', label: 'Password of the permissions',
    sentence: 'Lifts the restrictions on printing, changes and copying; without one nobody can.',
    kind: pdfSecret, secret: true, where: [{ sources: EVERY, targets: ['pdf'] }], needs: ['printing', 'changes', 'copying'],
  },
  {
    name: 'printing', label: 'Printing',
    sentence: 'Whether readers may print the PDF: not at all, coarsely, or well.',
    kind: { type: 'choice', default: 'high', choices: ['none', 'low', 'high'] },
    where: [{ sources: EVERY, targets: ['pdf'] }],
  },
  {
    name: 'changes', label: 'Changes',
    sentence: 'Whether readers may change the PDF.',
    kind: on, where: [{ sources: EVERY, targets: ['pdf'] }],
  },
  {
    name: 'copying', label: 'Copying',
    sentence: 'Whether readers may copy from the PDF.',
    kind: on, where: [{ sources: EVERY, targets: ['pdf'] }],
  },
  {
    name: 'watermark', label: 'Watermark',
    sentence: 'A word or two printed across every page.',
    kind: { type: 'text', maxLength: 100, valid: 'a text of at most 100 characters' },
    where: [{ sources: EVERY, targets: [...PDF_TARGETS, ...PICTURE_TARGETS] }],
  },
  {
    name: 'sheet', label: 'Sheet',
    sentence: 'Which sheet becomes the CSV, counted from 1; the others are left out.',
    kind: { type: 'number', default: 1, min: 1, max: 10_000 },
    where: [{ sources: WORKBOOKS, targets: ['csv'] }],
  },
  {
    name: 'values', label: 'Values in the CSV',
    sentence: 'Cells are written as they are shown, or with raw values: all digits of a number, no thousands, no units.',
    kind: { type: 'choice', default: 'shown', choices: ['shown', 'raw'] },
    where: [{ sources: ['spreadsheet'], targets: ['csv'] }],
  },
  {
    name: 'delimiter', label: 'Delimiter',
    sentence: 'What stands between the cells of a CSV or TSV that is read, or else of the CSV that is written; unless told it is found out by itself or the comma.',
    kind: { type: 'choice', default: null, choices: DELIMITERS, other: OTHER_DELIMITER },
    where: [{ sources: PLAIN_TABLES, targets: ['*'] }, { sources: ['spreadsheet'], targets: ['csv'] }],
  },
  {
    name: 'dates', label: 'Read dates',
    sentence: 'Makes dates and times of day in a CSV real ones, which still look as they were written; days or months come first where the year does not. Otherwise they stay text.',
    kind: { type: 'choice', default: 'none', choices: DATE_ORDERS },
    where: [{ sources: PLAIN_TABLES, targets: ['*'] }],
  },
  {
    name: 'percentages', label: 'Read percentages',
    sentence: 'Makes percentages in a CSV numbers, which still look as they were written; otherwise they stay text.',
    kind: off, where: [{ sources: PLAIN_TABLES, targets: ['*'] }],
  },
  {
    name: 'formulas', label: 'Calculate formulas',
    sentence: 'Calculates cells of a CSV that begin with =; otherwise they stay text.',
    kind: off, where: [{ sources: PLAIN_TABLES, targets: ['*'] }],
  },
  {
    name: 'asText', label: 'All as text',
    sentence: 'Takes every cell of a CSV as text, numbers too.',
    kind: off, where: [{ sources: PLAIN_TABLES, targets: ['*'] }],
    excludes: { dates: ['*'], percentages: ['*'], formulas: ['*'] },
  },
  {
    name: 'charset', label: 'Character set',
    sentence: 'Of the plain text or web page that is read, or else of the text that is written; unless told it is found out by itself or UTF-8.',
    kind: { type: 'choice', default: null, choices: CHARSETS, groups: CHARSET_GROUPS },
    where: [
      { sources: ['csv', 'tsv', 'txt', 'html'], targets: ['*'] },
      { sources: ['spreadsheet'], targets: ['csv'] },
      { sources: ['document'], targets: ['txt'] },
    ],
  },
]
