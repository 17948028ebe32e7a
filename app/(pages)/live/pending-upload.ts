/** A chosen file, as its row shows it and as it will be sent. Pure. */
import { AppError, asAppError } from '#lib/vocabulary/errors.ts'
import {
  type ConversionSettings,
  isSameSettings,
  settingsFor,
  withoutSecrets,
} from '../settings/conversion-settings.ts'
import type { UploadEntry } from './rows.ts'
import { uuid } from './uuid.ts'

export interface PendingUpload {
  row: UploadEntry
  /** Identifies the same file when it is chosen again. */
  fingerprint: string
  /** The settings that have an effect for this file, including passwords. */
  settings: ConversionSettings
  /** Null after a reload where the browser could not keep it. */
  file: File | null
  /** The upload's URL; null until it has begun. */
  address: string | null
  /** All bytes are on the server; only the job is missing. */
  isComplete: boolean
}

interface UploadRequest {
  file: File
  /** Where it lay in the folder that was dropped; empty at the top. */
  folder?: string | undefined
  settings: ConversionSettings
  batchId: string
  at: number
}

/** Creates a pending upload. A file that the server would refuse is refused here with the same error and never sent. */
export function pendingUpload(
  { file, folder = '', settings, batchId, at }: UploadRequest,
  maxBytes: number,
): PendingUpload {
  const { refused, sent } = checked(file, settings, maxBytes)
  const row: UploadEntry = {
    kind: 'upload',
    key: uuid(),
    batchId,
    at,
    fileName: file.name,
    folder,
    bytes: file.size,
    target: sent.target,
    options: withoutSecrets(sent.options),
    state: refused ? 'refused' : 'waiting',
    sent: 0,
    error: refused?.toJobError() ?? null,
  }
  return { row, fingerprint: fingerprintOf(file), settings: sent, file, address: null, isComplete: false }
}

/** Whether both are the same file with the same settings: then the second was added by mistake. */
export function isSameUpload(a: PendingUpload, b: PendingUpload): boolean {
  return a.fingerprint === b.fingerprint && isSameSettings(a.settings, b.settings)
}

export function fingerprintOf({ name, size, lastModified }: File): string {
  return `${size} ${lastModified} ${name}`
}

function checked(
  { name, size }: File,
  settings: ConversionSettings,
  maxBytes: number,
): { refused: AppError | null; sent: ConversionSettings } {
  try {
    if (size === 0) throw new AppError('empty_file')
    if (size > maxBytes) throw new AppError('too_large', { details: { limit: maxBytes / 1_000_000 } })
    return { refused: null, sent: settingsFor(name, settings) }
  } catch (error) {
    return { refused: asAppError(error), sent: settings }
  }
}
