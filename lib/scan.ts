/** The scan of a source before it is accepted: what it really is, and whether it can be opened. */

import { opensUnasked } from './password.ts'
import { detectFormat } from './scan/detect-format.ts'
import type { OtherKind } from './scan/finding.ts'
import { addNote, type Flags, noFlags, unseenFlags } from './scan/flags.ts'
import { Inspection } from './scan/inspection.ts'
import { lockOfPdf } from './scan/pdf.ts'
import { SCAN_LIMITS, type ScanLimits } from './scan/scan-limits.ts'
import { scanPackage } from './scan/scan-package.ts'
import { scanWhole } from './scan/scan-whole.ts'
import { carefully, type Source } from './scan/source.ts'
import { AppError } from './vocabulary/errors.ts'
import { claimedFormat, SOURCES } from './vocabulary/formats.ts'
import { note } from './vocabulary/notes.ts'

export type { Flags } from './scan/flags.ts'
export { allOf, type Source, sourceOf, sourceOfBuffer } from './scan/source.ts'

/** A drawing's extension under which LibreOffice saves a presentation with a presentation's content. */
const AS_DRAWING: Readonly<Record<string, string>> = { odg: 'odp', otg: 'otp', fodg: 'fodp' }
/** Formats that differ from the detected one only by name. */
const BY_NAME: Record<string, readonly string[]> = { ppt: ['pps', 'pot'], xls: ['xlt'] }
const SEND_ANOTHER = 'Send a presentation, text document, spreadsheet, drawing or picture.'
const MISNAMED = 'Save it again in the right format, or give it the name that fits.'

export interface Scanned {
  format: string
  flags: Flags
  /** The content cannot be read without a password. */
  locked: boolean
}

export interface ScanOptions {
  /** A password was sent with the file, or its sender can be asked for it. */
  hasPassword?: boolean
  /** Limits on the document's size and depth; unset: above those of real documents. */
  limits?: ScanLimits
}

/**
 * Detects a source's format by its content, and refuses what cannot be converted and what is malicious. It writes
 * nothing and keeps at most a few megabytes in memory.
 * @throws AppError `empty_file`, `type_mismatch`, `unsupported_format`, `corrupt_file`, `password_required`,
 * `password_unsupported`, `unsafe_archive`, `too_many_entries`, `expands_too_large`, `compression_ratio`,
 * `xml_entities`, `too_deeply_nested`, `image_too_large`; the source's own errors
 */
export async function scan(
  source: Source,
  fileName: string,
  { hasPassword = false, limits = SCAN_LIMITS }: ScanOptions = {},
): Promise<Scanned> {
  try {
    return await scanOpen(source, fileName, { limits, hasPassword })
  } catch (error) {
    const format = claimedFormat(fileName)
    const isLocked = error instanceof AppError && error.code === 'password_required'
    if (!format || !isLocked) throw error
    // Only the name identifies the format here: the engine opens the file as that, and with this password if it needs
    // one.
    const isUnasked = SOURCES.get(format)?.family === 'spreadsheet' && (await opensUnasked(source))
    if (!isUnasked && !hasPassword) throw error
    return { format, flags: unseenFlags(), locked: !isUnasked }
  }
}

async function scanOpen(
  source: Source,
  fileName: string,
  { limits, hasPassword }: { limits: ScanLimits; hasPassword: boolean },
): Promise<Scanned> {
  if (source.size === 0) throw new AppError('empty_file')
  const claimed = claimedFormat(fileName)
  const { finding, archive } = await detectFormat(carefully(source), fileName, limits)
  if ('other' in finding) throw refusal(finding, fileName)
  const found = SOURCES.get(finding.format)
  if (!found) throw refusal({ other: `a .${finding.format} file` }, fileName)
  // Another extension of the same family is harmless, because the engine opens the file by its content.
  if (claimed && SOURCES.get(claimed)?.family !== found.family && AS_DRAWING[claimed] !== finding.format)
    throw refusal({ other: found.name, nextStep: MISNAMED }, fileName)
  const flags = { ...noFlags(), ...finding.flags }
  const context = { inspection: new Inspection(limits), flags, main: finding.main }
  await (archive ? scanPackage(archive, source, context) : scanWhole(source, finding.format, context))
  if (archive?.hasBackslashes) {
    flags.backslashes = true
    addNote(flags, note('repaired'))
  }
  const format = byName(finding.format, claimed)
  if (isTakenAs(format, claimed)) {
    const found = SOURCES.get(format)?.name ?? format
    const details = { extension: extensionOf(fileName), found, format }
    addNote(flags, note('taken_as', { details }))
  }
  return { format, flags, locked: format === 'pdf' && (await isLocked(source, hasPassword)) }
}

/** Whether a PDF is encrypted. @throws AppError `password_required` where it does not open without a password */
async function isLocked(pdf: Source, hasPassword: boolean): Promise<boolean> {
  const lock = await lockOfPdf(pdf)
  if (lock === 'password' && !hasPassword) throw new AppError('password_required')
  return lock !== 'none'
}

/** Whether the name claims another format. The name of a Word document is also valid for its templates. */
function isTakenAs(format: string, claimed: string | undefined): boolean {
  return claimed !== undefined && claimed !== format && !(format === 'dot' && claimed === 'doc')
}

/** Some formats differ only by name, such as a presentation and a slide show of PowerPoint 97. */
function byName(found: string, claimed: string | undefined): string {
  return claimed && BY_NAME[found]?.includes(claimed) ? claimed : found
}

function refusal(
  { other: found, nextStep = SEND_ANOTHER, names = [], kind = 'unknown' }: OtherKind,
  fileName: string,
): AppError {
  const claimed = claimedFormat(fileName)
  const name = claimed && SOURCES.get(claimed)?.name
  if (!name || names.includes(claimed))
    return new AppError('unsupported_format', { details: { found, nextStep, kind } })
  const details = { claimed: name, found, extension: extensionOf(fileName), nextStep, kind }
  return new AppError('type_mismatch', { details })
}

function extensionOf(fileName: string): string {
  return fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase()
}
