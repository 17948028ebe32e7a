import { AppError } from '#lib/vocabulary/errors.ts'
import { SOURCES } from '#lib/vocabulary/formats.ts'
import { placeDocument } from '#worker/document-paths.ts'
import type { Conversion, Converted } from '#worker/engine.ts'
import { readingOptions } from '#worker/engines/plain-text.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { setUnchanged } from '#worker/uno/file-dates.ts'
import type { Office } from '#worker/uno/office.ts'
import { UnoError } from '#worker/uno/uno-errors.ts'
import { beforeLayout } from './before-layout.ts'
import { exportDocument } from './export.ts'
import { importFilter } from './filters.ts'
import { drawFirstPage, drawFirstPageLast, isShort } from './first-picture.ts'
import { insertFiles } from './insert-files.ts'
import { kindRead } from './kinds.ts'
import { prepare } from './prepare.ts'
import { ProgressMapper } from './progress-mapper.ts'
import { showsRows } from './rows-as-requested.ts'
import { resolvesChanges, textAsRequested } from './text-as-requested.ts'
import { missingPassword, unlockFailure } from './unlock-failure.ts'

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
  const { format, signal } = conversion
  const began = performance.now()
  const mapper = new ProgressMapper(conversion)
  const paths = placeDocument(conversion, isEdited(conversion))
  let document = await load({ ...conversion, sourcePath: paths.source }, options, mapper)
  let lastStep = Promise.resolve()
  try {
    if (conversion.secrets?.password !== undefined) await document.forgetPassword(signal)
    const kind = kindRead(format) ?? (await document.kind(signal))
    const { inside } = options
    await insertFiles(document, conversion, inside)
    const copying = { source: paths.source, inside, signal }
    const open = (copy: string, { needsPages = true } = {}) =>
      loadCopy(copy, { ...conversion, needsPages }, options)
    if (kind === 'text') document = await textAsRequested(document, conversion, { ...copying, open })
    const prepared = await prepare(document, kind, conversion)
    if (kind === 'text' && conversion.hasFileDates) await document.withModel(setUnchanged, signal)
    const drawing = { conversion, inside }
    const drawsLast = isShort(conversion, performance.now() - began)
    if (!drawsLast) await drawFirstPage(document, kind, drawing)
    const exporting = { conversion, kind, prepared, mapper, path: paths.result, inside, copying }
    const made = await exportDocument(document, exporting)
    if (drawsLast) lastStep = drawFirstPageLast(document, kind, drawing)
    return made
  } finally {
    // After an abort the engine is killed, so it need not close the document.
    if (!signal.aborted) options.onClosing(lastStep.then(() => document.close()))
  }
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

function refused(log: string): AppError {
  return new AppError('conversion_failed', { log })
}
