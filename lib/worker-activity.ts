/** What a worker tells of itself with each report. Reports are kept as JSON, so times are texts (ISO 8601, UTC). */
import type { MachineFacts } from './checks/machine-facts.ts'
import type { Progress } from './vocabulary/job.ts'
import type { SandboxName } from './vocabulary/sandboxes.ts'

export const ENGINE_STATES = ['starting', 'idle', 'busy'] as const

/** One process of LibreOffice, or with ENGINE=spawn a slot in use, whose file has a process of its own. */
export interface EngineActivity {
  /** By which operators give orders for it; absent where it takes none. */
  name?: string
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

/** What a worker reports about itself every few seconds. */
export interface WorkerStatus {
  worker: string
  slots: number
  /** Whether it claims jobs. */
  ready: boolean
  /** Why it claims no jobs, as a sentence for the operator; null when it does. */
  trouble: string | null
  /** What its engines run in, once it is known. */
  sandbox?: SandboxName
  /** What it does at the moment of the report; absent of versions that did not tell. */
  activity?: WorkerActivity
}

/** What a worker reports as its trouble until it is ready for the first time. */
export const WORKER_STARTING = 'The worker is starting.'
/** What one reports that is not to start jobs, and one that has ended. */
export const WORKER_DRAINED = 'The worker starts no jobs, because an operator drained it.'
export const WORKER_STOPPED = 'The worker has stopped.'
