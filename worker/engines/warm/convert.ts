import { join } from 'node:path'
import { AppError } from '#lib/errors.ts'
import type { Conversion, Converted } from '#worker/engine.ts'
import type { DocumentKind, OfficeDocument } from '#worker/uno/document.ts'
import { UnoError } from '#worker/uno/errors.ts'
import type { Office } from '#worker/uno/office.ts'
import { exportFilter, importFilter } from './filters.ts'
import { kindRead } from './kinds.ts'
import { Teller } from './teller.ts'

/** Pixels. */
const FIRST_PAGE_SIDE = 640

export interface ConvertOptions {
  office: Office
  /** How LibreOffice calls a path of ours. */
  inside(path: string): string
  /** Told of the end of the document, which is not waited for: its result is whole before that. */
  onClosing(closing: Promise<void>): void
}

/**
 * One document through a running LibreOffice: load, draw the first page, export, close.
 * @throws AppError `conversion_failed`; UnoError, ProtocolError; the signal's reason at once
 */
export async function convertDocument(conversion: Conversion, options: ConvertOptions): Promise<Converted> {
  const { format, target, sourcePath, directory, signal } = conversion
  const teller = new Teller(conversion)
  teller.startLoading()
  const document = await options.office.load(options.inside(sourcePath), {
    filter: importFilter(format),
    onProgress: event => teller.loading(event),
    signal,
  })
  if (!document) throw refused(`loading ${format} gave nothing`)
  try {
    const kind = kindRead(format) ?? (await document.kind(signal))
    await drawFirstPage(document, kind, { conversion, options })
    const filter = exportFilter(kind, target)
    if (!filter) throw refused(`${format} was opened as a document of kind “${kind}”`)
    const path = join(directory, `result.${target}`)
    teller.startExporting()
    await document.store(options.inside(path), filter, {
      onProgress: event => teller.exporting(event, kind),
      signal,
    })
    return { path, ...(teller.exported > 0 ? { exported: teller.exported } : {}) }
  } finally {
    // An engine that is to be killed need not tidy up first.
    if (!signal.aborted) options.onClosing(document.close())
  }
}

/** A picture is an extra: a document that cannot be drawn may still be converted. */
async function drawFirstPage(
  document: OfficeDocument,
  kind: DocumentKind,
  { conversion, options }: { conversion: Conversion; options: ConvertOptions },
): Promise<void> {
  const { onFirstPage, directory, signal } = conversion
  if (!onFirstPage) return
  const path = join(directory, 'first-page.png')
  const how = { longestSide: FIRST_PAGE_SIDE, signal }
  const drawn = await document.storeFirstPage(options.inside(path), kind, how).catch(error => {
    if (error instanceof UnoError) return false
    throw error
  })
  if (drawn) onFirstPage(path)
}

function refused(log: string): AppError {
  return new AppError('conversion_failed', { log })
}
