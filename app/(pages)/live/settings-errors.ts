/** Errors that other settings for the same file may avoid. Pure. */
import { claimedFormat } from '#lib/vocabulary/formats.ts'
import type { ConversionSettings } from '../settings/conversion-settings.ts'
import type { Row, UploadEntry } from './rows.ts'

const CODES: readonly string[] = [
  ...['unsupported_target', 'already_pdf', 'invalid_option', 'unknown_option', 'option_without_effect'],
  ...['options_exclude', 'option_needs', 'engine_lacks_option', 'no_such_page', 'no_such_sheet'],
  ...['all_slides_hidden', 'sheet_too_sparse', 'table_too_large', 'wrong_charset', 'charset_lacks_character'],
  'picture_too_large',
]

/** Whether the file of this row may be sent again with other settings, because of this error. */
export function isAboutSettings(error: { code: string } | null): boolean {
  return error !== null && CODES.includes(error.code)
}

/** Whether the row itself offers what its file may become. */
export function offersTargets(row: Row): boolean {
  const { error } = row.kind === 'upload' ? row : row.job
  return error?.code === 'unsupported_target' && fileOf(row).format !== undefined
}

/** The format of a row’s file, as far as it is known, and its settings without passwords. */
export function fileOf(row: Row): ConversionSettings & { format: string | undefined } {
  const { target, options } = row.kind === 'upload' ? row : row.job
  const format = row.kind === 'upload' ? formatOf(row) : row.job.source.format
  return { format, target, options }
}

/** What the name claims; of a file without an extension the server has named it. */
function formatOf({ fileName, error }: UploadEntry): string | undefined {
  const found = error?.details?.format
  return claimedFormat(fileName) ?? (typeof found === 'string' ? found : undefined)
}
