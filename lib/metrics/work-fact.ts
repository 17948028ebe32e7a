import type { JobFact } from '../jobs/job-fact.ts'

/** Why a process of LibreOffice was replaced although it worked. */
export const RECYCLE_REASONS = [
  /** It had served its number of documents. */
  'documents',
  /** It used too much memory. */
  'memory',
  /** Fonts have changed since its start. */
  'fonts',
  /** It may not read a second document, or none of another owner. */
  'reuse',
  /** A job needed one of another region or for another owner. */
  'unsuitable',
  /** It worked beside another one, and jobs needed its slot. */
  'needed',
  /** What the last document left could not be cleared away. */
  'leftovers',
  /** An operator ordered it. */
  'operator',
] as const

/** Why a process of LibreOffice was ended, or died, before it was done. */
export const KILL_REASONS = ['limit', 'cancelled', 'lost', 'stopping', 'operator', 'crash'] as const

export type RecycleReason = (typeof RECYCLE_REASONS)[number]
export type KillReason = (typeof KILL_REASONS)[number]

/** What became of a process of LibreOffice. */
export type EngineFact =
  | { type: 'engineStarted' }
  | { type: 'engineNotStarted' }
  | { type: 'engineRecycled'; reason: RecycleReason }
  | { type: 'engineKilled'; reason: KillReason }

export type ObserveEngines = (fact: EngineFact) => void

/** What a process does of the work, to be counted. */
export type WorkFact = JobFact | EngineFact
