import type pg from 'pg'
import { againIfDropped } from '../postgres/again-if-dropped.ts'

/** How the last run of a schedule went. */
export interface ScheduleRun {
  schedule: string
  startedAt: Date
  /** In milliseconds. */
  tookMs: number
  /** Why it failed; null of a run that went well. */
  error: string | null
}

export interface ScheduleRuns {
  /** Of an earlier run nothing is left. */
  record(run: ScheduleRun): Promise<void>
  list(): Promise<ScheduleRun[]>
}

/** An error may be long. */
const LONGEST_ERROR = 500

const RECORD = `
  INSERT INTO schedule_runs AS r (schedule, started_at, took_ms, error) VALUES ($1, $2, $3, $4)
  ON CONFLICT (schedule) DO UPDATE
  SET started_at = excluded.started_at, took_ms = excluded.took_ms, error = excluded.error
  WHERE r.started_at <= excluded.started_at`
const LIST = `
  SELECT schedule, started_at AS "startedAt", took_ms AS "tookMs", error FROM schedule_runs ORDER BY schedule`

/** Over the connections of the jobs; the database must be migrated. */
export function openScheduleRuns(pool: pg.Pool): ScheduleRuns {
  return {
    async record({ schedule, startedAt, tookMs, error }) {
      await pool.query(RECORD, [
        schedule,
        startedAt,
        Math.round(tookMs),
        error?.slice(0, LONGEST_ERROR) ?? null,
      ])
    },
    list: async () =>
      (await againIfDropped(() => pool.query<ScheduleRun>({ name: 'schedule runs', text: LIST }))).rows,
  }
}

/** The same in the memory of this process, for what has no database. */
export function openMemoryScheduleRuns(): ScheduleRuns {
  const runs = new Map<string, ScheduleRun>()
  return {
    record: async run => void runs.set(run.schedule, run),
    list: async () => [...runs.values()],
  }
}
