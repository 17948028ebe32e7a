import type { SeenWorker } from '#lib/jobs/operator-store.ts'
import { type EngineActivity, WORKER_DRAINED, WORKER_STOPPED } from '#lib/worker-activity.ts'
import { isSilent } from './attention.ts'

export const WORKER_CONDITIONS = ['ready', 'drained', 'notReady', 'silent', 'stopped'] as const

/** A worker as operators see it. */
export interface WorkerRow {
  worker: string
  host: string | null
  condition: (typeof WORKER_CONDITIONS)[number]
  /** Why it starts no jobs, where it says so. */
  trouble: string | null
  sandbox: string | null
  slots: number
  /** How long ago it reported, in seconds. */
  seenAgoS: number
  startedAt: string | null
  engines: EngineActivity[]
}

export function workerRow(seen: SeenWorker, now: number): WorkerRow {
  const { worker, slots, trouble, sandbox = null, activity, seenAt } = seen
  const condition = conditionOf(seen, now)
  return {
    ...{ worker, slots, trouble, sandbox, condition },
    host: activity?.host ?? null,
    startedAt: activity?.startedAt ?? null,
    seenAgoS: Math.max(0, Math.round((now - seenAt.getTime()) / 1000)),
    engines: condition === 'stopped' ? [] : (activity?.engines ?? []),
  }
}

function conditionOf(seen: SeenWorker, now: number): WorkerRow['condition'] {
  if (seen.trouble === WORKER_STOPPED) return 'stopped'
  if (isSilent(seen, now)) return 'silent'
  if (seen.trouble === WORKER_DRAINED) return 'drained'
  return seen.ready ? 'ready' : 'notReady'
}
