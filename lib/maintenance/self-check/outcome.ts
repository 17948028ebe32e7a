import type { ScheduleRun } from '../../records/schedule-runs.ts'

/** What the record of a self-check has as its error: one of these, or the code of its job’s error. */
export const WRONG_TEXT = 'wrong_text'
/** Its job has not ended in time, although no job of others was before it: jobs are paused, or no worker takes one. */
export const NOT_DONE = 'not_done'

/** A self-check may take so long, in milliseconds: as long as a job may wait before anybody is warned of that. */
export const NOT_DONE_MS = 15 * 60_000

/** The record of the last self-check; undefined where none has ended yet. */
export function lastSelfCheck(runs: readonly ScheduleRun[]): ScheduleRun | undefined {
  return runs.find(({ schedule }) => schedule === 'self-check')
}
