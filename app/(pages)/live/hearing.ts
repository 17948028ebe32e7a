import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import type { Tick } from './rows.ts'

/** How a page hears of its jobs; `every` is in seconds. */
export type Link = { state: 'connecting' | 'live' } | { state: 'checking'; every: number }

/** Who hears of jobs, however the news come. */
export interface Hearing {
  told(jobs: readonly Snapshot[]): void
  moved(tick: Tick): void
  gone(id: string): void
  link(link: Link): void
  /** Ids of the jobs of which more is to come. */
  unfinished(): string[]
}
