import type { Job } from '../jobs.ts'
import { isPurged, isTerminal } from '../vocabulary/job.ts'
import type { BatchEnd } from './store.ts'

type Member = Pick<Job, 'id' | 'owner' | 'state' | 'finishedAt' | 'webhook'>

/** How the jobs that name a batch stand, oldest first, for a store that cannot tell it itself. @see BatchEnd */
export function batchEndOf(all: readonly Member[]): BatchEnd | undefined {
  const named = all.filter(job => !isPurged(job))
  const own = named.filter(({ owner }) => owner === named[0]?.owner)
  if (own.length === 0) return undefined
  const isTeller = ({ webhook }: Member) => webhook?.of === 'batch'
  const goingOn = own.filter(({ state, webhook }) => !isTerminal(state) || webhook?.open)
  const ends = own.map(({ finishedAt }) => finishedAt?.getTime() ?? 0)
  return {
    tellerId: own.find(isTeller)?.id,
    endedAt: goingOn.length > 0 ? null : new Date(Math.max(...ends)),
    isAwaited: goingOn.some(isTeller),
  }
}
