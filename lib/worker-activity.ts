/** What a worker tells of itself with each report. Reports are kept as JSON, so times are texts (ISO 8601, UTC). */
import type { MachineFacts } from './checks/machine-facts.ts'
import type { Progress } from './vocabulary/job.ts'

export const ENGINE_STATES = ['starting', 'idle', 'busy'] as const

/** One process of LibreOffice, or with ENGINE=spawn a slot in use, whose file has a process of its own. */
export interface EngineActivity {
  state: (typeof ENGINE_STATES)[number]
  /** The number of its outermost process; null where none runs, and with ENGINE=spawn. */
  pid: number | null
  startedAt: string
  /** The documents since its start. */
  documents: number
  /** Of the process with all its descendants, in bytes, as last measured; null before that. */
  memoryBytes: number | null
  /** The job that it is busy with; absent for a document of the worker's own. */
  jobId?: string
  /** What that job last reported. */
  progress?: Progress
}

export interface WorkerActivity {
  host: string
  startedAt: string
  /** Those that are starting or running; none before the worker is ready. */
  engines: EngineActivity[]
  /** What it has counted since its start; absent until it counts, which it begins after it is ready. */
  totals?: WorkTotals
  /** What its machine has, for a comparison with others; absent until it has looked, after it is ready. */
  machine?: MachineFacts
}

/** Cumulative counts by the short names of their metrics (`lib/metrics/work-totals.ts`). */
export interface WorkTotals {
  /** Each by `label=value`, or by an empty text. */
  counters: Record<string, Record<string, number>>
  /** In seconds; each bucket counts those before it as well. */
  histograms: Record<string, { sum: number; buckets: number[] }>
}
