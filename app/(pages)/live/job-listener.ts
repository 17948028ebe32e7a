import type { MovedJob, Tick } from '#app/live/protocol.ts'
import type { BatchView } from '#lib/vocabulary/batch.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'

/** Why the page learns nothing: this machine has no network, or the server does not answer. */
export type Silence = 'offline' | 'unanswered'

/** How the page receives changes of its jobs; `every` is the polling interval in seconds. */
export type LinkState = { state: 'connecting' | 'live' | Silence } | { state: 'checking'; every: number }

/** Callbacks for changes of jobs, by socket or by polling. */
export interface JobListener {
  onJobs(jobs: readonly Snapshot[]): void
  onProgress(tick: Tick): void
  onMoved(moved: readonly MovedJob[]): void
  onGone(id: string): void
  /** A batch as the server counts it; pushed only, never polled. */
  onBatch(batch: BatchView): void
  onLink(onLink: LinkState): void
  /** The ids of the jobs that have not ended. */
  unfinished(): string[]
  /** The ids of the batches to follow. */
  batches(): string[]
}

/** Why nothing is learnt, by what this browser knows of its network. */
export function silence(): Silence {
  return navigator.onLine ? 'unanswered' : 'offline'
}

/** The silence that the rows have to tell of; null while changes arrive or may arrive soon. */
export function silenceOf({ state }: LinkState): Silence | null {
  return state === 'offline' || state === 'unanswered' ? state : null
}
