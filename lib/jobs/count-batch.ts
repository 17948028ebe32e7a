import type { Job } from '../jobs.ts'
import { isPurged, isTerminal, type JobState } from '../vocabulary/job.ts'
import type { BatchRow } from './store.ts'

type Member = Pick<Job, 'owner' | 'state' | 'version' | 'createdAt'> & Partial<Pick<Job, 'progress'>>

/** Counts the jobs that name a batch, oldest first, without purged ones, for a store that cannot count them itself. */
export function countBatch(all: readonly Member[]): BatchRow | undefined {
  const named = all.filter(job => !isPurged(job))
  const [first] = named
  if (!first) return undefined
  const counts = { ...NONE }
  let runningPercent = 0
  for (const { owner, state, progress } of named) {
    if (owner !== first.owner) continue
    counts[state]++
    if (!isTerminal(state)) runningPercent += progress?.percent ?? 0
  }
  const version = named.reduce((sum, job) => sum + job.version, 0)
  return { owner: first.owner, counts, version, runningPercent, createdAt: first.createdAt }
}

const NONE: Record<JobState, number> = { queued: 0, running: 0, completed: 0, failed: 0, cancelled: 0 }
