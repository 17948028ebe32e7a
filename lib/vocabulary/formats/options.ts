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
    sentence: 'Only these pages or slides, such as 1-3,7, in this order; 5-2 counts down. They are counted as they come out without this option. Default: all, and for pictures the first. One page makes one picture, several make a zip of them.',
    kind: { type: 'text', maxLength: 200, pattern: NUMBERS, names: 'pages', valid: 'page numbers such as 1-3,7 or 7,3-1, each named once, or “all”' },
    where: [{ sources: EVERY, targets: PAGED }, { sources: ['presentation', 'spreadsheet', 'drawing'], targets: ['txt'] }, { sources: ['pdf'], targets: ['pdf'] }],
  },
  {
    name: 'split', label: 'Split',
    sentence: 'Makes a PDF of each of these ranges of pages, such as 1-3, 5, 8-, or “each” for every page; several come in a zip. Bookmarks and links stay where they lead to a page of the same PDF.',
    kind: { type: 'text', maxLength: 200, pattern: RANGES, valid: 'ranges of pages such as 1-3, 5, 8-, or the word each' },
    where: [{ sources: [...EVERY, 'pdf'], targets: ['pdf'] }],
    excludes: { pages: ['*'], resultPassword: ['*'], permissionPassword: ['*'], printing: ['*'], changes: ['*'], copying: ['*'] },
  },
  {
    name: 'quality', label: 'Picture quality',
    sentence: 'How good pictures look as JPEG, from 1 (smallest file) to 100 (best). JPEG pictures that need not be reduced go into a PDF as they are.',
    kind: { type: 'number', default: USUAL_QUALITY, min: 1, max: 100 },
    where: [{ sources: EVERY, targets: [...PDF_TARGETS, 'jpg'] }],
  },
  {
    name: 'lossless', label: 'Lossless pictures',
    sentence: 'Keeps pictures in the PDF exactly as they are, for printing and archives; the file becomes larger. With a resolution they are reduced, but not packed as JPEG.',
    kind: off, where: [{ sources: EVERY, targets: PDF_TARGETS }], excludes: { quality: ['*'] },
  },
  {
    name: 'resolution', label: 'Resolution',
    sentence: 'Dots per inch. Finer pictures in a PDF are reduced to it (default 300); pages become pictures with it (default 150).',
    kind: { type: 'number', default: null, min: 72, max: 1200 },
    where: [{ sources: EVERY, targets: [...PDF_TARGETS, 'png', 'jpg'] }],
  },
  {
    name: 'notes', label: 'Notes pages',
    sentence: 'For handouts: the speaker’s notes are left out, follow the slides, or come alone.',
    kind: { type: 'choice', default: 'none', choices: ['none', 'added', 'only'] },
    where: [{ sources: ['presentation'], targets: PDF_TARGETS }],
  },
  {
    name: 'hiddenSlides', label: 'Hidden slides',
    sentence: 'Also prints slides that are hidden in the show.',
    kind: off, where: [{ sources: ['presentation'], targets: [...PAGED, 'txt'] }],
  },
  {
    name: 'hiddenSheets', label: 'Hidden sheets',
    sentence: 'Also prints hidden sheets.',
    kind: off, where: [{ sources: WORKBOOKS, targets: [...PAGED, 'txt'] }],
  },
  {
    name: 'hiddenText', label: 'Hidden text',
    sentence: 'Also shows hidden text, paragraphs and sections. Office formats keep hidden text hidden; only OpenDocument keeps hidden sections.',
    kind: off, where: [{ sources: REVIEWED, targets: [...PAGED, ...PLAIN_TEXTS] }, { sources: OPEN_TEXTS, targets: ['docx', 'rtf'] }],
  },
  {
    name: 'hiddenRows', label: 'Hidden rows',
    sentence: 'Also shows hidden rows and columns of sheets. Office formats keep them hidden.',
    kind: off, where: [{ sources: WORKBOOKS, targets: [...PAGED, 'txt', 'csv'] }],
  },
  {
    name: 'trackedChanges', label: 'Tracked changes',
    sentence: 'Shows the text as marked by its editors, or with all of their changes accepted or rejected. Default: accepted in a plain text or web page, marked in all else.',
    kind: { type: 'choice', default: null, choices: ['marked', 'accepted', 'rejected'], only: { marked: [{ sources: REVIEWED, targets: [...PAGED, ...OFFICE_TEXTS] }] } },
    where: [{ sources: REVIEWED, targets: [...PAGED, ...PLAIN_TEXTS, ...OFFICE_TEXTS] }],
  },
  {
    name: 'comments', label: 'Comments',
    sentence: 'Leaves comments out, prints those of a text in the margin of smaller pages, or makes them notes in the PDF that open with a click. A PDF/A cannot hold such notes.',
    kind: {
      type: 'choice', default: 'none', choices: ['none', 'margin', 'annotations'],
      only: { margin: [{ sources: REVIEWED, targets: PAGED }], annotations: [{ sources: COMMENTED, targets: ['pdf'] }] },
    },
    where: [{ sources: REVIEWED, targets: PAGED }, { sources: COMMENTED, targets: ['pdf'] }],
  },
  {
    name: 'bookmarks', label: 'Bookmarks',
    sentence: 'Adds a table of contents to click on, made from headings, slide titles or names of sheets. A drawing has none when only some of its pages are printed.',
    kind: on, where: [{ sources: EVERY, targets: PDF_TARGETS }],
  },
  {
    name: 'formFields', label: 'Form fields',
    sentence: 'Keeps form fields fillable; switched off, their contents are printed as text.',
    kind: on, where: [{ sources: ['document'], targets: FILLABLE }],
  },
  {
    name: 'onePagePerSheet', label: 'One page per sheet',
    sentence: 'Makes each page as large as its sheet and shows all of it, whatever its print area. A page with a header or footer is at least as large as paper; a sheet longer than 200 inches continues on further pages; an empty one has none.',
    kind: off, where: [{ sources: ['spreadsheet'], targets: [...PAGED, 'txt'] }],
    excludes: { fitToWidth: ['*'], landscape: ['*'] },
  },
  {
    name: 'fitToWidth', label: 'Fit to width',
    sentence: 'Shrinks sheets until all columns fit the width of a page.',
    kind: off, where: [{ sources: ['spreadsheet'], targets: [...PAGED, 'txt'] }],
  },
  {
    name: 'emptyPages', label: 'Empty pages',
    sentence: 'Keeps pages without words and pictures, and notes pages of slides without notes. Switched off, they are left out; colours and cell borders alone count as empty.',
    kind: on, where: [{ sources: ['presentation', 'document', 'spreadsheet'], targets: PDF_TARGETS }],
  },
  {
    name: 'landscape', label: 'Landscape',
    sentence: 'Prints sheets on paper turned sideways.',
    kind: off, where: [{ sources: ['spreadsheet'], targets: [...PAGED, 'txt'] }],
  },
  {
    name: 'paper', label: 'Paper',
    sentence: 'For files that have no pages of their own. Default: Letter or A4, whichever is usual in the first country of your browser’s languages (Accept-Language). A picture keeps its own size by default; with a paper chosen, larger ones are made to fit it, in their own orientation.',
    kind: { type: 'choice', default: null, choices: Object.keys(PAPERS) },
    where: [{ sources: [...PICTURES, 'csv', 'tsv', 'txt', 'html', 'mhtml', 'mhtml-table', 'html-table', 'spreadsheetml', 'slk', 'dif'], targets: PAGED }],
  },
  {
    name: 'language', label: 'Language of dates and numbers',
    sentence: 'For dates and numbers whose form the document leaves open. Default: its own language or, for a workbook that names none, the first of your browser (Accept-Language).',
    kind: { type: 'choice', default: null, choices: Object.keys(LANGUAGES), other: OTHER_LANGUAGE },
    where: [{ sources: ['presentation', ...WORKBOOKS, ...DATED], targets: [...PAGED, 'txt'] }, { sources: WORKBOOKS, targets: ['csv'] }],
  },
  {
    name: 'timeZone', label: 'Time zone',
    sentence: 'For fields that print the date or time of the conversion, such as Europe/Berlin. Default: UTC.',
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
    sentence: 'Lifts the restrictions on printing, changes and copying. Without one nobody can lift them.',
    kind: pdfSecret, secret: true, where: [{ sources: [...EVERY, 'pdf'], targets: ['pdf'] }], needs: ['printing', 'changes', 'copying'],
  },
  {
    name: 'printing', label: 'Printing',
    sentence: 'Whether readers may print the PDF: not at all, in low quality, or in full quality.',
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
    sentence: 'Which sheet becomes the CSV, counted from 1. The others are left out.',
    kind: { type: 'number', default: 1, min: 1, max: 10_000 },
    where: [{ sources: WORKBOOKS, targets: ['csv'] }],
  },
  {
    name: 'values', label: 'Values in the CSV',
    sentence: 'Writes cells as they are shown, or as raw values: all digits of a number, no thousands separators, no units. Percentages, dates and times get a standard form.',
    kind: { type: 'choice', default: 'shown', choices: ['shown', 'raw'] },
    where: [{ sources: ['spreadsheet'], targets: ['csv'] }],
  },
  {
    name: 'delimiter', label: 'Delimiter',
    sentence: 'What separates the cells: of a CSV or TSV that is read, otherwise of the CSV that is written. Default: detected when reading, a comma when writing.',
    kind: { type: 'choice', default: null, choices: DELIMITERS, other: OTHER_DELIMITER },
    where: [{ sources: PLAIN_TABLES, targets: ['*'] }, { sources: ['spreadsheet'], targets: ['csv'] }],
  },
  {
    name: 'dates', label: 'Read dates',
    sentence: 'Reads dates and times of day in a CSV as real ones that keep their look. Choose whether the day or the month comes first in 03/04/2026. Default: they stay text.',
    kind: { type: 'choice', default: 'none', choices: DATE_ORDERS },
    where: [{ sources: PLAIN_TABLES, targets: ['*'] }],
  },
  {
    name: 'percentages', label: 'Read percentages',
    sentence: 'Reads percentages in a CSV as numbers that keep their look. Default: they stay text.',
    kind: off, where: [{ sources: PLAIN_TABLES, targets: ['*'] }],
  },
  {
    name: 'formulas', label: 'Calculate formulas',
    sentence: 'Calculates cells of a CSV that begin with =. Default: they stay text.',
    kind: off, where: [{ sources: PLAIN_TABLES, targets: ['*'] }],
  },
  {
    name: 'asText', label: 'All as text',
    sentence: 'Reads every cell of a CSV as text, numbers too.',
    kind: off, where: [{ sources: PLAIN_TABLES, targets: ['*'] }],
    excludes: { dates: ['*'], percentages: ['*'], formulas: ['*'] },
  },
  {
    name: 'charset', label: 'Character set',
    sentence: 'Of the plain text or web page that is read, otherwise of the text that is written. Default: detected when reading, UTF-8 when writing.',
    kind: { type: 'choice', default: null, choices: CHARSETS, groups: CHARSET_GROUPS },
    where: [
      { sources: ['csv', 'tsv', 'txt', 'html'], targets: ['*'] },
      { sources: ['spreadsheet'], targets: ['csv'] },
      { sources: ['document'], targets: ['txt'] },
    ],
  },
]
