import type { MovedJob, Tick } from '#app/live/protocol.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'

/** How a page gets changes of its jobs; `every` is in seconds. */
export type LinkState = { state: 'connecting' | 'live' } | { state: 'checking'; every: number }

/** Callbacks for changes of jobs, whether they come by socket or by polling. */
export interface JobListener {
  onJobs(jobs: readonly Snapshot[]): void
  onProgress(tick: Tick): void
  onMoved(moved: readonly MovedJob[]): void
  onGone(id: string): void
  onLink(onLink: LinkState): void
  /** Ids of the jobs of which more is to come. */
  unfinished(): string[]
}
