import type { SeenWorker } from '#lib/jobs/operator-store.ts'
import type { QueueStats } from '#lib/jobs.ts'
import { isScheduleName } from '#lib/maintenance/schedules.ts'
import type { ScheduleRun } from '#lib/records/schedule-runs.ts'
import { WORKER_STOPPED } from '#lib/worker-activity.ts'
import type { Attention } from './overview.ts'

/** A worker reports every five seconds; one that was silent for longer is called silent. In milliseconds. */
const SILENT_MS = 10_000
/** A job that waits for longer needs attention, in seconds. */
export const OLD_WAIT_S = 600

export interface Observed {
  now: number
  stats: QueueStats
  workers: readonly SeenWorker[]
  runs: readonly ScheduleRun[]
  /** Null where the storage has no limit. */
  freeBytes: number | null
  reserveBytes: number
}

/** Whether a worker ended without saying so, or cannot say anything any more. */
export function isSilent({ seenAt, trouble }: SeenWorker, now: number): boolean {
  return trouble !== WORKER_STOPPED && now - seenAt.getTime() > SILENT_MS
}

/** Since when the oldest job waits, in seconds; null where none does. */
export function oldestWaitsS(
  { oldestQueuedAt }: Pick<QueueStats, 'oldestQueuedAt'>,
  now: number,
): number | null {
  return oldestQueuedAt && Math.max(0, (now - oldestQueuedAt.getTime()) / 1000)
}

/** What needs attention, the most urgent first. */
export function attentionTo(observed: Observed): Attention[] {
  return [...ofWorkers(observed), ...ofQueue(observed), ...ofSchedules(observed)]
}

function ofWorkers({ now, stats, workers }: Observed): Attention[] {
  const isAnyReady = stats.workers.some(({ ready }) => ready)
  const trouble = stats.workers.find(worker => worker.trouble !== null)?.trouble ?? null
  const silent = workers.filter(worker => isSilent(worker, now))
  return [
    ...(isAnyReady ? [] : [{ kind: 'noWorker', trouble } as const]),
    ...silent.map(({ worker, seenAt }) => {
      return { kind: 'workerSilent', worker, seconds: Math.round((now - seenAt.getTime()) / 1000) } as const
    }),
  ]
}

function ofQueue({ now, stats, freeBytes, reserveBytes }: Observed): Attention[] {
  const { pausedSince, dead, exact } = stats
  const seconds = oldestWaitsS(stats, now)
  const isDiskLow = freeBytes !== null && freeBytes < 2 * reserveBytes
  return [
    ...(pausedSince ? [{ kind: 'paused', since: pausedSince.toISOString() } as const] : []),
    ...(isDiskLow ? [{ kind: 'diskLow', freeBytes, reserveBytes } as const] : []),
    ...(seconds !== null && seconds > OLD_WAIT_S ? [{ kind: 'oldestWaits', seconds } as const] : []),
    ...(dead > 0 ? [{ kind: 'deadLetters', count: dead, exact } as const] : []),
  ]
}

function ofSchedules({ runs }: Observed): Attention[] {
  return runs.flatMap(({ schedule, error }): Attention[] => {
    if (error === null || !isScheduleName(schedule)) return []
    if (schedule === 'self-check') return [{ kind: 'selfCheckFailed', problem: error }]
    return [{ kind: 'scheduleFailed', schedule, error }]
  })
}
