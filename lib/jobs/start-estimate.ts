import { WORKER_STARTING, type WorkerStatus } from '../jobs.ts'
import type { QueuePosition } from '../vocabulary/job.ts'
import type { JobPorts } from './ports.ts'
import { readWorkers } from './reported-workers.ts'
import type { JobStore } from './store.ts'

/** How many slots there are and free, and how long a job takes, in seconds. */
export interface Throughput {
  slots: number
  free: number
  jobS: number
}

/** What the workers report, and their throughput: null without a ready one, and where no job was completed yet. */
export interface Capacity extends Pick<QueuePosition, 'workers'> {
  throughput: Throughput | null
}

export interface CapacityPorts extends Pick<JobPorts, 'functionSlots'> {
  store: Pick<JobStore, 'workers' | 'recentRuns' | 'pausedSince'>
}

export async function readCapacity(ports: CapacityPorts): Promise<Capacity> {
  const [reported, { running, tookMs }, pausedSince] = await Promise.all([
    readWorkers(ports),
    ports.store.recentRuns(),
    ports.store.pausedSince(),
  ])
  if (pausedSince) return { workers: 'paused', throughput: null }
  const slots = reported.reduce((sum, worker) => sum + (worker.ready ? worker.slots : 0), 0)
  const workers = stateOf(reported)
  if (slots === 0 || tookMs.length === 0) return { workers, throughput: null }
  const totalMs = tookMs.reduce((sum, ms) => sum + ms, 0)
  const free = Math.max(0, slots - running)
  return { workers, throughput: { slots, free, jobS: totalMs / tookMs.length / 1000 } }
}

function stateOf(reported: readonly WorkerStatus[]): QueuePosition['workers'] {
  if (reported.some(worker => worker.ready)) return 'ready'
  return reported.some(worker => worker.trouble === WORKER_STARTING) ? 'starting' : 'none'
}

/**
 * In how many seconds a job is likely to start that has so many before it, as exactly as it is shown: to 5 s, from 90 s
 * on to a minute, from 90 minutes on to an hour.
 */
export function startsInS(ahead: number, { slots, free, jobS }: Throughput): number {
  if (ahead < free) return 0
  // The jobs that run now are half done on average.
  return roundedS(((ahead - free + 0.5) / slots) * jobS)
}

/**
 * In how many seconds a batch is likely to be done of which `left` jobs are left and `running` run; a job that is half
 * done counts as half.
 */
export function doneInS(
  { left, running }: { left: number; running: number },
  { slots, free, jobS }: Throughput,
): number {
  // Other jobs have the other slots. Even where they have all of them, one becomes free sooner or later.
  const ours = Math.min(slots, Math.max(1, free + running))
  return roundedS(Math.max(1, left / ours) * jobS)
}

function roundedS(seconds: number): number {
  const step = seconds < 90 ? 5 : seconds < 5400 ? 60 : 3600
  return Math.round(seconds / step) * step
}
