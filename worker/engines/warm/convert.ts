import { AppError } from '#lib/vocabulary/errors.ts'
import { PDF_TARGETS, SOURCES } from '#lib/vocabulary/formats.ts'
import { placeDocument } from '#worker/document-paths.ts'
import type { Conversion, Converted } from '#worker/engine.ts'
import { type FilterData, pdfOptions } from '#worker/engines/pdf-options.ts'
import { readingOptions, writingOptions } from '#worker/engines/plain-text.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { setUnchanged } from '#worker/uno/file-dates.ts'
import type { Office } from '#worker/uno/office.ts'
import type { BetweenPages } from '#worker/uno/status-indicator.ts'
import { UnoError } from '#worker/uno/uno-errors.ts'
import { any, type UnoAny } from '#worker/uno/values.ts'
import { beforeLayout } from './before-layout.ts'
import { noteWideNumbers } from './count-wide-numbers.ts'
import { exportFilter, importFilter } from './filters.ts'
import { drawFirstPage, drawFirstPageLast, isShort } from './first-picture.ts'
import { noteHeadsLeftOut } from './heads-left-out.ts'
import { insertFiles } from './insert-files.ts'
import { kindRead } from './kinds.ts'
import { restoreLinks } from './pdf-links.ts'
import { prepare } from './prepare.ts'
import { ProgressMapper } from './progress-mapper.ts'
import { showsRows, withoutRows } from './rows-as-requested.ts'
import { storeShare } from './store-share.ts'
import { countHiddenText, resolvesChanges, textAsRequested } from './text-as-requested.ts'
import { missingPassword, unlockFailure } from './unlock-failure.ts'
import { withLinksAsWritten } from './written-links.ts'

export interface ConvertOptions {
  office: Office
  /** Converts one of our paths to LibreOffice's. */
  inside(path: string): string
  /** Receives the closing of the document, which is not awaited: its result is complete before. */
  onClosing(closing: Promise<void>): void
}

/**
 * Converts one document in a running LibreOffice: load, prepare, draw the first page, export, close. The picture of a short
 * one is drawn after the export, while its result is checked and stored.
 * @throws AppError `conversion_failed`, `wrong_password`, `corrupt_file`, `no_such_page`, `no_such_sheet`; UnoError,
 * ProtocolError; the signal's reason at once
 */
export async function convertDocument(conversion: Conversion, options: ConvertOptions): Promise<Converted> {
  const { format, target, signal } = conversion
  const began = performance.now()
  const mapper = new ProgressMapper(conversion)
  const paths = placeDocument(conversion, isEdited(conversion))
  let document = await load({ ...conversion, sourcePath: paths.source }, options, mapper)
  let lastStep = Promise.resolve()
  try {
    if (conversion.secrets?.password !== undefined) await document.forgetPassword(signal)
    const kind = kindRead(format) ?? (await document.kind(signal))
    await insertFiles(document, conversion, options.inside)
    const copying = { source: paths.source, inside: options.inside, signal }
    const open = (copy: string, { needsPages = true } = {}) =>
      loadCopy(copy, { ...conversion, needsPages }, options)
    if (kind === 'text') document = await textAsRequested(document, conversion, { ...copying, open })
    const { chosen, emptyPages, leftOut } = await prepare(document, kind, conversion)
    if (kind === 'text' && conversion.hasFileDates) await document.withModel(setUnchanged, signal)
    const drawing = { conversion, inside: options.inside }
    const drawsLast = isShort(conversion, performance.now() - began)
    if (!drawsLast) await drawFirstPage(document, kind, drawing)
    const filter = exportFilter(kind, target)
    if (!filter) throw refused(`${format} was opened as a document of kind “${kind}”`)
    const path = paths.result
    mapper.startExporting()
    const store = (betweenPages?: BetweenPages) =>
      document.store(options.inside(path), filter, {
        filterData: PDF_TARGETS.includes(target)
          ? unoValues({ ...pdfOptions(conversion), ...chosen?.filterData })
          : undefined,
        filterOptions: writingOptions(conversion),
        onProgress: event => mapper.exporting(event, kind),
        betweenPages,
        signal,
      })
    const slides = await storeShare(document, { ...conversion, kind }, store)
    if (kind === 'text') await countHiddenText(document, conversion, copying)
    if (kind === 'text') await noteHeadsLeftOut(document, conversion, path)
    if (kind === 'spreadsheet' && PDF_TARGETS.includes(target))
      await noteWideNumbers(document, path, conversion)
    if (PDF_TARGETS.includes(target)) await restoreLinks(path, depthOf(options.inside(path)))
    const finished = leftOut ? withoutRows(path, leftOut, conversion) : linked(path, conversion, options)
    if (drawsLast) lastStep = drawFirstPageLast(document, kind, drawing)
    return {
      path: await finished,
      ...(mapper.exported > 0 && { exported: mapper.exported }),
      pages: chosen?.pages,
      order: chosen?.order,
      slides,
      emptyPages,
    }
  } finally {
    // After an abort the engine is killed, so it need not close the document.
    if (!signal.aborted) options.onClosing(lastStep.then(() => document.close()))
  }
}

function linked(path: string, conversion: Conversion, { inside }: ConvertOptions): Promise<string> | string {
  // The scan cannot see the links of a locked file.
  const mayHaveLinks = conversion.hasLinks || conversion.secrets?.password !== undefined
  return mayHaveLinks ? withLinksAsWritten(path, { ...conversion, inside: inside(path) }) : path
}

async function load(conversion: Conversion, options: ConvertOptions, mapper: ProgressMapper) {
  const { format, sourcePath, secrets } = conversion
  const password = secrets?.password
  // LibreOffice 25.2 refuses a password where none is needed.
  const document =
    (await loadWith(password, conversion, { ...options, mapper })) ??
    (password === undefined ? null : await loadWith(undefined, conversion, { ...options, mapper }))
  if (document) return document
  throw password === undefined
    ? ((await missingPassword(sourcePath)) ??
        refused(
          `LibreOffice gave neither a document nor a reason (filter: ${importFilter(format) ?? 'its own choice'})`,
        ))
    : await unlockFailure(sourcePath, password)
}

/** Null where it does not open, if a password was sent or the cause is unknown. */
async function loadWith(
  password: string | undefined,
  conversion: Conversion,
  { office, inside, mapper }: ConvertOptions & { mapper: ProgressMapper },
): Promise<OfficeDocument | null> {
  const { format, sourcePath, secrets, signal } = conversion
  mapper.startLoading()
  const loading = office.load(inside(sourcePath), {
    filter: importFilter(format),
    filterOptions: readingOptions(conversion),
    password,
    isEditable: isEdited(conversion),
    beforeLayout: beforeLayout(conversion),
    wholeLayout: SOURCES.get(format)?.family === 'document',
    onProgress: event => mapper.loading(event),
    signal,
  })
  return loading.catch(error => {
    if (secrets?.password !== undefined && error instanceof UnoError) return null
    throw error
  })
}

async function loadCopy(
  copy: string,
  conversion: Conversion & { needsPages: boolean },
  { office, inside }: ConvertOptions,
): Promise<OfficeDocument> {
  const document = await office.load(inside(copy), {
    filter: importFilter('fodt'),
    isEditable: isEdited(conversion),
    wholeLayout: conversion.needsPages,
    beforeLayout: beforeLayout(conversion),
    signal: conversion.signal,
  })
  if (!document) throw refused('loading a flat copy gave nothing')
  return document
}

/** Some operations require an editable document. */
const isEdited = (conversion: Conversion) => resolvesChanges(conversion) || showsRows(conversion)

const depthOf = (path: string) => path.split('/').length - 2

function unoValues(data: FilterData): Record<string, UnoAny | undefined> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, unoValue(value)]))
}

function unoValue(value: FilterData[string]): UnoAny | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'boolean') return any('boolean', value)
  return typeof value === 'number' ? any('long', value) : any('string', value)
}

function refused(log: string): AppError {
  return new AppError('conversion_failed', { log })
}
