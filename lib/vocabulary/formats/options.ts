/**
 * Every option: its type, its default, where it has an effect, and one plain sentence. Pure data, safe for the browser.
 */
import { CHARSET_GROUPS, CHARSETS } from './charsets.ts'
import { LANGUAGES } from './languages.ts'
import type { Kind, Option, OtherChoice } from './option.ts'
import { PAPERS } from './papers.ts'
import { type Family, PICTURES } from './sources.ts'
import { PDF_TARGETS, PICTURE_TARGETS } from './targets.ts'

const EVERY: readonly Family[] = ['presentation', 'document', 'spreadsheet', 'drawing']
/** Targets with pages. */
const PAGED = [...PDF_TARGETS, ...PICTURE_TARGETS]
/** A PDF/A may not contain what a form needs: LibreOffice would not embed its font. */
const FILLABLE = ['pdf', 'pdfua']
const NUMBERS = '(all|[1-9][0-9]{0,5}(-([1-9][0-9]{0,5})?)?(,[1-9][0-9]{0,5}(-([1-9][0-9]{0,5})?)?)*)'
const RANGES = '(each|[1-9][0-9]{0,5}(-([1-9][0-9]{0,5})?)?(, ?[1-9][0-9]{0,5}(-([1-9][0-9]{0,5})?)?)*)'
const LOCKABLE = [
  // LibreOffice opens no locked presentation of PowerPoint 97.
  ...['pptx', 'ppsx', 'potx', 'pptm', 'ppsm', 'potm', 'odp', 'otp'],
  ...['docx', 'dotx', 'docm', 'dotm', 'doc', 'dot', 'odt', 'ott'],
  ...['xlsx', 'xlsm', 'xltx', 'xltm', 'xlsb', 'xls', 'xlt', 'ods', 'ots', 'odg', 'otg'],
  ...['sxw', 'sxc', 'sxi', 'sxd', 'pdf'],
]

/** Formats with several sheets. */
const WORKBOOKS = [
  ...['xlsx', 'xlsm', 'xltx', 'xltm', 'xlsb', 'xls', 'xlt', 'spreadsheetml'],
  ...['sxc', 'numbers', '123', 'wb2', 'ods', 'ots', 'fods'],
]

/** Formats with date and time fields. */
const DATED = [
  ...['docx', 'dotx', 'docm', 'dotm', 'doc', 'dot', 'odt', 'ott', 'fodt', 'rtf'],
  ...['odg', 'otg', 'fodg'],
]
/** Texts that may contain hidden text, tracked changes and comments. */
const REVIEWED = ['docx', 'dotx', 'docm', 'dotm', 'doc', 'dot', 'odt', 'ott', 'fodt', 'rtf']
/** Formats that may contain comments. */
const COMMENTED = ['presentation', ...REVIEWED, ...WORKBOOKS]
export const OPEN_TEXTS = ['odt', 'ott', 'fodt']
const PLAIN_TEXTS = ['txt', 'html']
const OFFICE_TEXTS = ['docx', 'odt', 'rtf']

/** Tables in plain text, which does not store the types of cells. */
const PLAIN_TABLES = ['csv', 'tsv']

const off: Kind = { type: 'switch', default: false }
const on: Kind = { type: 'switch', default: true }
const secret: Kind = { type: 'text', maxLength: 200, valid: 'a text of at most 200 characters' }
/** The PDF's encryption reads 127 bytes of it, in UTF-8. */
const pdfSecret: Kind = { type: 'text', maxLength: 42, valid: 'a text of at most 42 characters' }
export const DELIMITERS = ['comma', 'semicolon', 'tab', 'pipe', 'space'] as const
export type Delimiter = (typeof DELIMITERS)[number]
/** No letter, no digit and not the character that quotes cells. */
const OTHER_DELIMITER: OtherChoice = {
  pattern: '(auto|[!#-/:-@[-`{-~¡-¿])',
  valid: 'auto, any one sign of punctuation',
}
const OTHER_LANGUAGE: OtherChoice = {
  pattern: '[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?',
  valid: 'any other language as BCP 47 has it',
  names: 'language',
}
export const DATE_ORDERS = ['none', 'dayFirst', 'monthFirst'] as const
export type DateOrder = (typeof DATE_ORDERS)[number]
/** The quality of JPEG pictures, in a PDF and of pages. */
export const USUAL_QUALITY = 90

// biome-ignore format: a table
export const OPTIONS: readonly Option[] = [
  {
    name: 'pages', label: 'Pages',
    sentence: 'Which pages or slides, such as 1-3,7 or all, in the order in which they are named (5-2 counts down) and counted as they come without this option; by default pictures show the first and all else has all. One number gives one picture, anything else a zip of them.',
    kind: { type: 'text', maxLength: 200, pattern: NUMBERS, names: 'pages', valid: 'page numbers such as 1-3,7 or 7,3-1, each named once, or the word all' },
    where: [{ sources: EVERY, targets: PAGED }, { sources: ['presentation', 'spreadsheet', 'drawing'], targets: ['txt'] }, { sources: ['pdf'], targets: ['pdf'] }],
  },
  {
    name: 'split', label: 'Split',
    sentence: 'Makes a PDF of each of these ranges of pages, such as 1-3, 5, 8-, or of each page; more than one come in a zip. Bookmarks and links stay where they lead to a page of the same PDF.',
    kind: { type: 'text', maxLength: 200, pattern: RANGES, valid: 'ranges of pages such as 1-3, 5, 8-, or the word each' },
    where: [{ sources: [...EVERY, 'pdf'], targets: ['pdf'] }],
    excludes: { pages: ['*'], resultPassword: ['*'], permissionPassword: ['*'], printing: ['*'], changes: ['*'], copying: ['*'] },
  },
  {
    name: 'quality', label: 'Picture quality',
    sentence: 'How good the pictures are as JPEG, from 1 (small) to 100 (like the original); 90 by default. JPEG pictures that need not be reduced go into a PDF as they are.',
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
    sentence: 'Dots per inch: finer pictures in a PDF are reduced to it (300 by default), pages become pictures with it (150 by default).',
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
    name: 'hiddenText', label: 'Hidden text',
    sentence: 'Shows hidden text, paragraphs and sections too. Office formats keep hidden text as it is; of sections only OpenDocument does.',
    kind: off, where: [{ sources: REVIEWED, targets: [...PAGED, ...PLAIN_TEXTS] }, { sources: OPEN_TEXTS, targets: ['docx', 'rtf'] }],
  },
  {
    name: 'hiddenRows', label: 'Hidden rows',
    sentence: 'Shows hidden rows and columns of sheets too. Office formats keep them, as hidden as they are.',
    kind: off, where: [{ sources: WORKBOOKS, targets: [...PAGED, 'txt', 'csv'] }],
  },
  {
    name: 'trackedChanges', label: 'Tracked changes',
    sentence: 'Shows the text as marked by its editors, or with all of their changes accepted or rejected. By default a plain text or web page has them accepted and all else shows or keeps the marks.',
    kind: { type: 'choice', default: null, choices: ['marked', 'accepted', 'rejected'], only: { marked: [{ sources: REVIEWED, targets: [...PAGED, ...OFFICE_TEXTS] }] } },
    where: [{ sources: REVIEWED, targets: [...PAGED, ...PLAIN_TEXTS, ...OFFICE_TEXTS] }],
  },
  {
    name: 'comments', label: 'Comments',
    sentence: 'Leaves comments out, prints those of a text in the margin of smaller pages, or makes notes of the PDF of them, which open with a click; a PDF/A may hold no such notes.',
    kind: {
      type: 'choice', default: 'none', choices: ['none', 'margin', 'annotations'],
      only: { margin: [{ sources: REVIEWED, targets: PAGED }], annotations: [{ sources: COMMENTED, targets: ['pdf'] }] },
    },
    where: [{ sources: REVIEWED, targets: PAGED }, { sources: COMMENTED, targets: ['pdf'] }],
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
    sentence: 'Makes each page as large as its sheet, all of which is shown, whatever its print area is; one with a header or footer is no smaller than paper. What is longer than 200 inches goes on on further pages; empty sheets have none.',
    kind: off, where: [{ sources: ['spreadsheet'], targets: [...PAGED, 'txt'] }],
    excludes: { fitToWidth: ['*'], landscape: ['*'] },
  },
  {
    name: 'fitToWidth', label: 'Fit to width',
    sentence: 'Shrinks sheets until all columns fit on one page’s width.',
    kind: off, where: [{ sources: ['spreadsheet'], targets: [...PAGED, 'txt'] }],
  },
  {
    name: 'emptyPages', label: 'Empty pages',
    sentence: 'Keeps pages that have no words and no pictures, at most colours and lines of cells, and notes pages of slides without notes; switched off, such pages are left out.',
    kind: on, where: [{ sources: ['presentation', 'document', 'spreadsheet'], targets: PDF_TARGETS }],
  },
  {
    name: 'landscape', label: 'Landscape',
    sentence: 'Turns the paper of sheets on its side.',
    kind: off, where: [{ sources: ['spreadsheet'], targets: [...PAGED, 'txt'] }],
  },
  {
    name: 'paper', label: 'Paper',
    sentence: 'For what has no page of its own; by default Letter where that is usual by the first country in Accept-Language, and A4 elsewhere. A picture has a page of its own size by default; larger ones are made to fit the paper, which lies as the picture does.',
    kind: { type: 'choice', default: null, choices: Object.keys(PAPERS) },
    where: [{ sources: [...PICTURES, 'csv', 'tsv', 'txt', 'html', 'mhtml', 'mhtml-table', 'html-table', 'spreadsheetml', 'slk', 'dif'], targets: PAGED }],
  },
  {
    name: 'language', label: 'Language of dates and numbers',
    sentence: 'In which dates and numbers are written whose form the document leaves open; by default its own or, for a workbook that does not say one, the first in Accept-Language.',
    kind: { type: 'choice', default: null, choices: Object.keys(LANGUAGES), other: OTHER_LANGUAGE },
    where: [{ sources: ['presentation', ...WORKBOOKS, ...DATED], targets: [...PAGED, 'txt'] }, { sources: WORKBOOKS, targets: ['csv'] }],
  },
  {
    name: 'timeZone', label: 'Time zone',
    sentence: 'Of fields that print the date or time of the conversion, such as Europe/Berlin; UTC by default.',
    kind: { type: 'text', maxLength: 64, pattern: '[A-Za-z][A-Za-z0-9_+/-]*', valid: 'a time zone such as Europe/Berlin', names: 'timeZone' },
    where: [{ sources: ['presentation', ...WORKBOOKS, ...DATED], targets: [...PAGED, 'txt'] }, { sources: WORKBOOKS, targets: ['csv'] }],
  },
  {
    name: 'password', label: 'Password of the file',
    sentence: 'Opens a file that is locked.',
    kind: secret, secret: true, where: [{ sources: LOCKABLE, targets: ['*'] }],
  },
  {
    name: 'resultPassword', label: 'Password of the PDF',
    sentence: 'Nobody can open the PDF without it.',
    kind: pdfSecret, secret: true, where: [{ sources: [...EVERY, 'pdf'], targets: ['pdf'] }],
  },
  {
    name: 'permissionPassword', label: 'Password of the permissions',
    sentence: 'Lifts the restrictions on printing, changes and copying; without one nobody can.',
    kind: pdfSecret, secret: true, where: [{ sources: [...EVERY, 'pdf'], targets: ['pdf'] }], needs: ['printing', 'changes', 'copying'],
  },
  {
    name: 'printing', label: 'Printing',
    sentence: 'Whether readers may print the PDF: not at all, coarsely, or well.',
    kind: { type: 'choice', default: 'high', choices: ['none', 'low', 'high'] },
    where: [{ sources: [...EVERY, 'pdf'], targets: ['pdf'] }],
  },
  {
    name: 'changes', label: 'Changes',
    sentence: 'Whether readers may change the PDF.',
    kind: on, where: [{ sources: [...EVERY, 'pdf'], targets: ['pdf'] }],
  },
  {
    name: 'copying', label: 'Copying',
    sentence: 'Whether readers may copy from the PDF.',
    kind: on, where: [{ sources: [...EVERY, 'pdf'], targets: ['pdf'] }],
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
    sentence: 'What stands between the cells of a CSV or TSV that is read, or else of the CSV that is written; by default it is found out for what is read, and the comma for what is written.',
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
    sentence: 'Of the plain text or web page that is read, or else of the text that is written; by default it is found out for what is read, and UTF-8 for what is written.',
    kind: { type: 'choice', default: null, choices: CHARSETS, groups: CHARSET_GROUPS },
    where: [
      { sources: ['csv', 'tsv', 'txt', 'html'], targets: ['*'] },
      { sources: ['spreadsheet'], targets: ['csv'] },
      { sources: ['document'], targets: ['txt'] },
    ],
  },
]
