/** What a job is, for every process and for the browser. Imports nothing. */

export const JOB_STATES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const

export type JobState = (typeof JOB_STATES)[number]

export const PHASES = ['starting', 'loading', 'exporting', 'storing'] as const

export type Phase = (typeof PHASES)[number]

/** Whether nothing more happens to a job in this state unless a person asks for it. */
export function isTerminal(state: JobState): boolean {
  return state !== 'queued' && state !== 'running'
}

/** What the engine has really said of its work. `percent` is null while nobody knows. */
export interface Progress {
  phase: Phase
  current: number | null
  total: number | null
  unit: 'slide' | 'page' | 'sheet' | null
  percent: number | null
  indeterminate: boolean
  /** Seconds left, only where history makes an honest guess. */
  eta?: Range | undefined
}

/** Progress in a phase of which nobody can say how long it takes. */
export function unmeasured(phase: Phase): Progress {
  return { phase, current: null, total: null, unit: null, percent: null, indeterminate: true }
}

/** From the least to the most, both likely. */
export interface Range {
  low: number
  high: number
}

/** What went wrong, as a person reads it; the same fields as in an HTTP problem. */
export interface JobError {
  code: string
  message: string
  nextStep: string
  retryable: boolean
}

/** How the target is to be made, by the names of `lib/vocabulary/formats.ts`; never a secret. */
export type Options = Readonly<Record<string, string | number | boolean>>

/** The queue position of a waiting job: `ahead` jobs start before it. */
export interface QueuePosition {
  position: number
  ahead: number
}
