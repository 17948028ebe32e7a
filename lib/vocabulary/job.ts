/** The states of a job, for every process and for the browser. Imports nothing. */

export const JOB_STATES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const

export type JobState = (typeof JOB_STATES)[number]

/** What a queued job may wait for its sender to add. */
export const NEEDS = ['password'] as const

export type Need = (typeof NEEDS)[number]

export const PHASES = ['starting', 'loading', 'exporting', 'storing'] as const

export type Phase = (typeof PHASES)[number]

/** Whether this state is final unless a user retries the job. */
export function isTerminal(state: JobState): boolean {
  return state !== 'queued' && state !== 'running'
}

/** Progress as the engine reports it. `percent` is null while it is unknown. */
export interface Progress {
  phase: Phase
  /** The unit that is being exported, from 1; null while it is unknown. */
  current: number | null
  /** The number of units; null while it is unknown. */
  total: number | null
  unit: 'slide' | 'page' | 'sheet' | null
  /** From 0 to 100; null while it is unknown. */
  percent: number | null
  /** Whether a bar has to show activity instead of a percentage. */
  indeterminate: boolean
  /** The remaining time in seconds, only where history allows an honest estimate. */
  eta?: Range | undefined
}

/** Progress in a phase of unknown duration. */
export function unmeasured(phase: Phase): Progress {
  return { phase, current: null, total: null, unit: null, percent: null, indeterminate: true }
}

/** Progress of which only the percentage is known. */
export function measured(phase: Phase, percent: number): Progress {
  return { ...unmeasured(phase), percent: Math.floor(percent), indeterminate: false }
}

/** The shortest and the longest likely value. */
export interface Range {
  low: number
  high: number
}

/** A job's error as its row holds it: without sentences, which are made where they are shown. */
export interface StoredError {
  /** A code of the error table, or one that only another version of Nightshift knows. */
  code: string
  /** Fills the placeholders of the sentences. */
  details: Record<string, string | number>
  /** Whether a retry without changes may succeed. */
  retryable: boolean
  /** The finished sentences of a row from a version that stored no details. */
  sentences?: Pick<JobError, 'message' | 'nextStep'>
  /** An `AppError` has a message, which is for the log: so none can be stored as it is. */
  message?: never
}

/** A job's error as a user reads it; the same fields as in an HTTP problem. */
export interface JobError {
  /** A code of the error table. */
  code: string
  message: string
  nextStep: string
  /** Whether a retry without changes may succeed. */
  retryable: boolean
  /**
   * What the sentences were filled with, for whoever words them anew, such as in another language. Absent where only
   * finished sentences were stored.
   */
  details?: Record<string, string | number> | undefined
}

/** The options of the target, by their names in `lib/vocabulary/formats.ts`; never a secret. */
export type Options = Readonly<Record<string, string | number | boolean>>

/** Whether a job would be taken: by a ready worker, by one that starts its engine, or by none; `paused`: as operators ordered. */
export const WORKERS_STATES = ['ready', 'starting', 'none', 'paused'] as const

/** Why the files of a job are deleted: their time was over, or somebody asked for it. */
export const DELETERS = ['expiry', 'owner'] as const

export type Deleter = (typeof DELETERS)[number]

/** A file that was deleted: its size, and its SHA-256 in hexadecimal. */
export interface DeletedFile {
  bytes: number
  sha256: string
}

/** What proves that the files of a job were deleted. */
export interface DeletionReceipt<Time = Date> {
  by: Deleter
  /** Null while the files are being deleted; the result is withheld from then on. */
  deletedAt: Time | null
  source: DeletedFile
  /** Null where there was none. */
  result: DeletedFile | null
}

/** The owner of a purged job: nothing tells whose it was. No person and no address is called so. */
export const NO_OWNER = ''

/** The owner of the self-check’s job, which is in nobody’s list and in no statistics. No cookie proves this name. */
export const SELF_CHECK_OWNER = 'self-check'

/** Whether a job was purged: its receipt is left, but no name. */
export function isPurged({ owner }: { owner: string }): boolean {
  return owner === NO_OWNER
}

/** The receipt of a job; null while its files are kept. */
export function receiptOf(
  deleted: { by: string | null | undefined; at: Date | null },
  files: { source: DeletedFile; result?: DeletedFile | null | undefined },
): DeletionReceipt | null {
  if (!deleted.by && !deleted.at) return null
  const { source, result } = files
  return {
    by: DELETERS.find(one => one === deleted.by) ?? 'expiry',
    deletedAt: deleted.at,
    source: { bytes: source.bytes, sha256: source.sha256 },
    result: result ? { bytes: result.bytes, sha256: result.sha256 } : null,
  }
}

/** Where a waiting job stands, and what it waits for. */
export interface QueuePosition {
  /** From 1; null where the queue keeps no order. */
  position: number | null
  /** How many jobs start before it; null where the queue keeps no order. */
  ahead: number | null
  /** When it starts by the pace of the latest jobs, in seconds, rounded; null where that is unknown. */
  startsInS: number | null
  workers: (typeof WORKERS_STATES)[number]
}
