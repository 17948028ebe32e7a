/** How everything stands, for operators who look. Times are texts (ISO 8601, UTC), durations seconds. */
import type { ScheduleName } from '#lib/maintenance/schedules.ts'

/** A minute or an hour of a chart. */
export interface ChartBar {
  at: string
  completed: number
  failed: number
}

/** The median and what 95 % stay below; null where nothing was counted. */
export interface Quantiles {
  p50: number | null
  p95: number | null
}

/** What became of jobs in the last 60 minutes. */
export interface LastHour {
  created: number
  completed: number
  failed: number
  waited: Quantiles
  took: Quantiles
}

/** What an operator should look into. */
export type Attention =
  | { kind: 'noWorker'; trouble: string | null }
  | { kind: 'paused'; since: string }
  | { kind: 'oldestWaits'; seconds: number }
  | { kind: 'deadLetters'; count: number; exact: boolean }
  | { kind: 'diskLow'; freeBytes: number; reserveBytes: number }
  | { kind: 'workerSilent'; worker: string; seconds: number }
  /** `problem`: `wrong_text`, `not_done`, or the code of an error. */
  | { kind: 'selfCheckFailed'; problem: string }
  | { kind: 'scheduleFailed'; schedule: ScheduleName; error: string }

export interface Overview {
  at: string
  queued: number
  running: number
  dead: number
  /** Where false, `queued` is an upper and `dead` a lower bound. */
  exact: boolean
  /** Null where none waits. */
  oldestWaitsS: number | null
  workers: { ready: number; seen: number }
  /** Null where the storage has no limit. */
  freeBytes: number | null
  reserveBytes: number
  /** Null where no statistics are kept, like both charts. */
  lastHour: LastHour | null
  /** The last 15 minutes, the last one of them not over. */
  minutes: ChartBar[] | null
  /** The last seven days. */
  hours: ChartBar[] | null
  attention: Attention[]
}
