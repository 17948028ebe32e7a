/** A store of statistics: rows of jobs are counted, and what was counted is kept. */

export type Span = 'minute' | 'hour'

/** What became of jobs in a minute or an hour. */
export interface Period {
  startsAt: Date
  created: number
  completed: number
  /** Jobs that ended failed. */
  failed: number
  /** The bytes of the sources of the completed jobs. */
  bytes: number
  /** How long the jobs had waited that ended, and how long those ran that were completed. @see histogram.ts */
  waited: number[]
  took: number[]
}

/** Failures of one period that are alike. */
export interface Failures {
  code: string
  /** Of the source. */
  format: string
  /** What the error says besides, without what differs from file to file. */
  fingerprint: string
  failed: number
  firstAt: Date
  lastAt: Date
  /** Ids of some of the jobs, latest first. */
  samples: string[]
}

/** Failures with the details of their error as JSON, and the first line of what the log says of their last attempt. */
export type RawFailures = Omit<Failures, 'fingerprint'> & { details: string; log: string | null }

export interface PeriodTally extends Period {
  failures: RawFailures[]
}

/** Alike failures of the last seven days. */
export interface FailureGroup extends Failures {
  /** Of the last 24 hours. */
  failedToday: number
}

/** So many jobs of a group are named. */
export const MOST_SAMPLES = 5
/** So many groups of a period are kept, those with the most failures. */
export const MOST_GROUPS = 50
/** So many kinds of errors of a minute are told apart. */
export const MOST_RAW = 500

export interface StatisticsStore {
  /** Counts the jobs that were created or ended from one time up to before another. */
  tally(from: Date, to: Date): Promise<PeriodTally>
  /** The start of the latest minute that was counted. */
  latestMinute(): Promise<Date | undefined>
  /**
   * Keeps what was counted. Of a period that is there already each count only grows: a job that is tried again leaves
   * the rows, but it did fail.
   */
  write(span: Span, period: Period, failures: readonly Failures[]): Promise<void>
  /** Adds up the minutes of an hour that are kept, as its period. */
  writeHour(startsAt: Date): Promise<void>
  periods(span: Span, from: Date): Promise<Period[]>
  /** The groups since this time, those with the most failures since `today` first. */
  failuresSince(from: Date, today: Date): Promise<FailureGroup[]>
  forget(before: { minutes: Date; hours: Date }): Promise<void>
}
