/**
 * The table of conversions: which source may become which target, with which options. Engine, API, its documentation
 * and the page derive from it. Pure data, safe for the browser.
 */

import type { Option, Where } from './formats/option.ts'
import { OPTIONS } from './formats/options.ts'
import { isOnePage, isOneRange } from './formats/page-numbers.ts'
import { claimedFormat, SOURCES } from './formats/sources.ts'
import { PICTURE_TARGETS, TARGETS } from './formats/targets.ts'
import type { Options } from './job.ts'

export { PRESETS, type Preset } from './formats/built-in-presets.ts'
export { CHARSETS, type Charset } from './formats/charsets.ts'
export { optionTitle, targetTitle } from './formats/display-names.ts'
export { LANGUAGES } from './formats/languages.ts'
export type { Kind, Named, Option, Where } from './formats/option.ts'
export {
  type DateOrder,
  type Delimiter,
  OPEN_TEXTS,
  OPTIONS,
  USUAL_QUALITY,
} from './formats/options.ts'
export { pageNamedTwice, pageNumbers, pageRanges } from './formats/page-numbers.ts'
export { PAPERS, paperIn } from './formats/papers.ts'
export {
  claimedFormat,
  type Family,
  PICTURES,
  SOURCES,
  type SourceFormat,
  WITHOUT_EXTENSION,
} from './formats/sources.ts'
export { PDF_TARGETS, PICTURE_TARGETS, TARGETS, type TargetFormat } from './formats/targets.ts'

/** The targets of a source format; empty for an unknown format. */
export function targetsOf(format: string): string[] {
  const family = SOURCES.get(format)?.family
  if (!family) return []
  return [...TARGETS]
    .filter(([word, { filters, fromPages, fromPdf }]) =>
      family === 'pdf' ? fromPdf : word !== format && (filters[family] || fromPages.includes(family)),
    )
    .map(([word]) => word)
}

/** The options that have an effect when this source format becomes this target. */
export function optionsOf(format: string, target: string): Option[] {
  return OPTIONS.filter(option => option.where.some(where => holds(where, format, target)))
}

/** The option with only the choices that have an effect when one of these formats becomes this target. */
export function withChoicesFor(option: Option, formats: readonly string[], target: string): Option {
  const { kind } = option
  if (kind.type !== 'choice' || !kind.only) return option
  const choices = kind.choices.filter(choice => {
    const only = kind.only?.[choice]
    return !only || formats.some(format => only.some(where => holds(where, format, target)))
  })
  return { ...option, kind: { ...kind, choices } }
}

/** Those of the options, and of their choices, that have an effect when this source format becomes this target. */
export function effectiveOptions(
  options: Options,
  { format, target }: { format: string; target: string },
): Options {
  const effective = optionsOf(format, target).map(option => withChoicesFor(option, [format], target))
  const hasEffect = ([name, value]: [string, Options[string]]) => {
    const kind = effective.find(option => option.name === name)?.kind
    if (kind?.type !== 'choice' || !kind.only) return kind !== undefined
    return !(String(value) in kind.only) || kind.choices.includes(String(value))
  }
  return Object.fromEntries(Object.entries(options).filter(hasEffect))
}

function holds({ sources, targets }: Where, format: string, target: string): boolean {
  const family = SOURCES.get(format)?.family ?? ''
  return (
    (sources.includes(format) || sources.includes(family)) &&
    (targets.includes('*') || targets.includes(target))
  )
}

/**
 * Whether the result is a zip: of pictures, one per page, unless exactly one page was requested; of PDFs, one per range,
 * unless there is one range.
 */
export function isBundle(target: string, { pages = '1', split }: Options): boolean {
  if (split !== undefined) return !isOneRange(String(split))
  return PICTURE_TARGETS.includes(target) && !isOnePage(String(pages))
}

/** The name without the extension of a source format. */
export function withoutExtension(fileName: string): string {
  const hasEnding = claimedFormat(fileName) !== undefined || /\.xml$/i.test(fileName)
  return hasEnding ? fileName.slice(0, fileName.lastIndexOf('.')) : fileName
}

/** `deck.pptx` into `pdf` is `deck.pdf`; several pictures are a `.zip`. */
export function resultFileName(fileName: string, target: string, options: Options = {}): string {
  const base = withoutExtension(fileName)
  const extension = isBundle(target, options) ? 'zip' : (TARGETS.get(target)?.extension ?? target)
  return `${base || 'document'}.${extension}`
}

export const BUNDLE_TYPE = 'application/zip'

/** The media type of the result for HTTP. */
export function resultMediaType(target: string, options: Options = {}): string {
  if (isBundle(target, options)) return BUNDLE_TYPE
  return TARGETS.get(target)?.mediaType ?? 'application/octet-stream'
}
