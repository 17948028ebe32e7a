/** The command line arguments of a LibreOffice that is started for one file. */
import { AppError } from '#lib/vocabulary/errors.ts'
import { optionTitle, PDF_TARGETS, SOURCES, TARGETS } from '#lib/vocabulary/formats.ts'
import { mergeNotes, type Note, note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import { type FilterData, pdfOptions } from '#worker/engines/pdf-options.ts'
import { readingOptions, writingOptions } from '#worker/engines/plain-text.ts'

/**
 * Options that the command line cannot carry: changes to the loaded document, and secrets, because every user of the
 * machine can read the command line of a process.
 */
const BEYOND = [
  ...['password', 'pages', 'sheet', 'onePagePerSheet', 'fitToWidth', 'landscape', 'paper'],
  ...['hiddenSheets', 'hiddenText', 'hiddenRows', 'trackedChanges'],
]

/** Refuses options that this engine cannot apply. @throws AppError `engine_lacks_option` */
export function refuseUnsupported({ format, target, options = {}, secrets = {} }: Conversion): void {
  // Fields of all other documents use the language of the surrounding text unless it is changed in the loaded document.
  const beyond = SOURCES.get(format)?.family === 'spreadsheet' ? BEYOND : [...BEYOND, 'language']
  const option = beyond.find(name => options[name] !== undefined || secrets[name] !== undefined)
  // A document without a title would need one to be set first.
  const margin = options.comments === 'margin' ? 'comments: margin' : undefined
  const name = option ?? margin ?? (target === 'pdfua' ? 'target: pdfua' : undefined)
  if (name) throw new AppError('engine_lacks_option', { details: { name: optionTitle(name), option: name } })
}

/** LibreOffice omits the text of boxes, notes, equations or form fields in these. */
const WITHOUT_WORDS_BESIDE = ['txt', 'html', 'rtf']

/** The notes that follow from the scan's findings and LibreOffice's own behaviour. */
export function notesOn(conversion: Conversion): Note[] {
  const { target, trackedChanges = 0, hasWordsBeside = false, drawingPages } = conversion
  return mergeNotes([
    note('nothing_left_out', { count: Number(showsAll(conversion)) }),
    note('words_beside_left_out', { count: Number(WITHOUT_WORDS_BESIDE.includes(target) && hasWordsBeside) }),
    note('background_pages_printed', { count: drawingPages?.backgrounds ?? 0 }),
    note('tracked_changes_marked', { count: PDF_TARGETS.includes(target) ? trackedChanges : 0 }),
  ])
}

/** Whether hidden content may be in the result: removing it requires the loaded document. */
function showsAll({ format, target, hasHiddenText, hasHiddenRows, trackedChanges }: Conversion): boolean {
  if (target === 'csv') return hasHiddenRows === true
  if (SOURCES.get(format)?.family !== 'document' || !['txt', 'html'].includes(target)) return false
  return hasHiddenText === true || (trackedChanges ?? 1) > 0
}

/** The target argument: extension, output filter, and the filter's options. */
export function targetArgs(conversion: Conversion): string {
  const { format, target } = conversion
  const { extension = target, filters } = TARGETS.get(target) ?? {}
  const family = SOURCES.get(format)?.family
  const filter = family && filters?.[family]
  const options = PDF_TARGETS.includes(target) ? json(pdfOptions(conversion)) : writingOptions(conversion)
  return [extension, filter, options].filter(word => word !== undefined).join(':')
}

/** The arguments for the import filter; empty where LibreOffice detects the format. */
export function sourceArgs(conversion: Conversion): string[] {
  const filter = SOURCES.get(conversion.format)?.filter
  const options = readingOptions(conversion)
  return filter ? [`--infilter=${[filter, options].filter(word => word !== undefined).join(':')}`] : []
}

function json(data: FilterData): string {
  const type = (value: unknown) => (typeof value === 'number' ? 'long' : typeof value)
  const entries = Object.entries(data).filter(([, value]) => value !== undefined)
  const stated = entries.map(([name, value]) => [name, { type: type(value), value: String(value) }])
  return JSON.stringify(Object.fromEntries(stated))
}
