/** What a LibreOffice that is started for one file can be told on its command line. */
import { AppError } from '#lib/errors.ts'
import { PDF_TARGETS, SOURCES, TARGETS } from '#lib/formats.ts'
import type { Conversion } from '#worker/engine.ts'
import { type FilterData, pdfOptions } from '#worker/engines/pdf-options.ts'
import { readingOptions, writingOptions } from '#worker/engines/plain-text.ts'

/**
 * Beyond it: what must be done to the loaded document, and secrets, since every user of the machine can read the
 * command line of a process.
 */
const BEYOND = [...['password', 'pages', 'sheet', 'fitToWidth', 'landscape', 'hiddenSheets', 'paper']]

/** @throws AppError `engine_lacks_option` */
export function refuseBeyond({ target, options = {}, secrets = {} }: Conversion): void {
  const option = BEYOND.find(name => options[name] !== undefined || secrets[name] !== undefined)
  // A document without a title would have to be given one first.
  const name = option ?? (target === 'pdfua' ? 'target: pdfua' : undefined)
  if (name) throw new AppError('engine_lacks_option', { details: { name } })
}

/** How the target is called: its ending, the filter that writes it, and that filter's options. */
export function targetWords(conversion: Conversion): string {
  const { format, target } = conversion
  const { extension = target, filters } = TARGETS.get(target) ?? {}
  const family = SOURCES.get(format)?.family
  const filter = family && filters?.[family]
  const options = PDF_TARGETS.includes(target) ? json(pdfOptions(conversion)) : writingOptions(conversion)
  return [extension, filter, options].filter(word => word !== undefined).join(':')
}

/** With which filter the source is to be read; none where LibreOffice is to look for itself. */
export function sourceWords(conversion: Conversion): string[] {
  const filter = SOURCES.get(conversion.format)?.filter
  const options = readingOptions(conversion)
  return filter ? [`--infilter=${[filter, options].filter(word => word !== undefined).join(':')}`] : []
}

function json(data: FilterData): string {
  const type = (value: unknown) => (typeof value === 'number' ? 'long' : typeof value)
  const entries = Object.entries(data).filter(([, value]) => value !== undefined)
  const told = entries.map(([name, value]) => [name, { type: type(value), value: String(value) }])
  return JSON.stringify(Object.fromEntries(told))
}
