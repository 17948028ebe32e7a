import { AppError } from '#lib/vocabulary/errors.ts'
import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import type { Conversion, Converted } from '#worker/engine.ts'
import { type FilterData, pdfOptions } from '#worker/engines/pdf-options.ts'
import { writingOptions } from '#worker/engines/plain-text.ts'
import type { DocumentKind, OfficeDocument } from '#worker/uno/document.ts'
import type { BetweenPages } from '#worker/uno/status-indicator.ts'
import { any, type UnoAny } from '#worker/uno/values.ts'
import { noteWideNumbers } from './count-wide-numbers.ts'
import { exportFilter } from './filters.ts'
import { noteHeadsLeftOut } from './heads-left-out.ts'
import { restoreLinks } from './pdf-links.ts'
import { notePicturesLeftOut } from './pictures-left-out.ts'
import type { Prepared } from './prepare.ts'
import type { ProgressMapper } from './progress-mapper.ts'
import { withoutRows } from './rows-as-requested.ts'
import { storeRanges } from './store-ranges.ts'
import { storeShare } from './store-share.ts'
import { countHiddenText } from './text-as-requested.ts'
import { withLinksAsWritten } from './written-links.ts'

export interface ExportOptions {
  conversion: Conversion
  kind: DocumentKind
  prepared: Prepared
  mapper: ProgressMapper
  /** Where the result will be. */
  path: string
  /** Converts one of our paths to LibreOffice's. */
  inside(path: string): string
  /** How flat copies of a text are made. */
  copying: Parameters<typeof countHiddenText>[2]
}

interface Storing {
  path: string
  /** Such as `17-32`; without it, all that are chosen. */
  pages?: string | undefined
  betweenPages?: BetweenPages | undefined
}

/**
 * Exports a prepared document, whole or in ranges, and notes what the result lacks.
 * @throws AppError `conversion_failed`; UnoError, ProtocolError, the signal's reason
 */
export async function exportDocument(document: OfficeDocument, options: ExportOptions): Promise<Converted> {
  const { conversion, kind, mapper, path, inside } = options
  const { format, target } = conversion
  const filter = exportFilter(kind, target)
  if (!filter)
    throw new AppError('conversion_failed', {
      log: `${format} was opened as a document of kind “${kind}”`,
    })
  mapper.startExporting()
  const store = async (to: Storing) => {
    await document.store(inside(to.path), filter, storeOptions(to, options))
    if (PDF_TARGETS.includes(target)) await restoreLinks(to.path, depthOf(inside(to.path)))
  }
  return (
    (await storeRanges(document, { ...conversion, kind, path, store })) ??
    (await exportWhole(document, options, store))
  )
}

function storeOptions(
  { pages, betweenPages }: Storing,
  { conversion, kind, prepared, mapper }: ExportOptions,
) {
  const data = {
    ...pdfOptions(conversion),
    ...prepared.chosen?.filterData,
    ...(pages && { PageRange: pages }),
  }
  return {
    filterData: PDF_TARGETS.includes(conversion.target) ? unoValues(data) : undefined,
    filterOptions: writingOptions(conversion),
    onProgress: (event: Parameters<ProgressMapper['exporting']>[0]) => mapper.exporting(event, kind),
    betweenPages,
    signal: conversion.signal,
  }
}

async function exportWhole(
  document: OfficeDocument,
  { conversion, kind, prepared, mapper, path, inside, copying }: ExportOptions,
  store: (to: Storing) => Promise<void>,
): Promise<Converted> {
  const { chosen, leftOut, emptyPages } = prepared
  const share = { ...conversion, kind }
  const slides = await storeShare(document, share, betweenPages => store({ path, betweenPages }))
  if (kind === 'text') {
    await countHiddenText(document, conversion, copying)
    await noteHeadsLeftOut(document, conversion, path)
    await notePicturesLeftOut(document, conversion)
  }
  if (kind === 'spreadsheet' && PDF_TARGETS.includes(conversion.target))
    await noteWideNumbers(document, path, conversion)
  return {
    path: leftOut ? await withoutRows(path, leftOut, conversion) : await linked(path, conversion, inside),
    ...(mapper.exported > 0 && { exported: mapper.exported }),
    pages: chosen?.pages,
    order: chosen?.order,
    slides,
    emptyPages,
  }
}

function linked(
  path: string,
  conversion: Conversion,
  inside: ExportOptions['inside'],
): Promise<string> | string {
  // The scan cannot see the links of a locked file.
  const mayHaveLinks = conversion.hasLinks || conversion.secrets?.password !== undefined
  return mayHaveLinks ? withLinksAsWritten(path, { ...conversion, inside: inside(path) }) : path
}

const depthOf = (path: string) => path.split('/').length - 2

function unoValues(data: FilterData): Record<string, UnoAny | undefined> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, unoValue(value)]))
}

function unoValue(value: FilterData[string]): UnoAny | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'boolean') return any('boolean', value)
  return typeof value === 'number' ? any('long', value) : any('string', value)
}
