import type { Progress } from '#lib/jobs.ts'
import type { Snapshot } from '#lib/snapshot.ts'

/** Progress between two snapshots. Order everything of a job by (version, tick); a snapshot counts as tick 0. */
export interface Tick {
  id: string
  version: number
  tick: number
  progress: Progress
}

export type Subscription = { jobIds: string[] } | { batchId: string } | { mine: true }

export interface ServerEvents {
  job(snapshot: Snapshot): void
  progress(tick: Tick): void
  gone(job: { id: string }): void
  /** Something may have been missed: subscribe again. */
  resync(): void
}

export interface ClientEvents {
  subscribe(to: Subscription, answer: (now: { jobs: Snapshot[] }) => void): void
}
