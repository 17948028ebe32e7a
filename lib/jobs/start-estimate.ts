import type { JobStore } from './store.ts'

/** How many slots there are and free, and how long a job takes, in seconds. */
export interface Throughput {
  slots: number
  free: number
  jobS: number
}

/** The throughput of the ready workers; null without any, and where no job was completed yet. */
export async function readThroughput(
  store: Pick<JobStore, 'workers' | 'recentRuns'>,
): Promise<Throughput | null> {
  const [workers, { running, tookMs }] = await Promise.all([store.workers(), store.recentRuns()])
  const slots = workers.reduce((sum, worker) => sum + (worker.ready ? worker.slots : 0), 0)
  if (slots === 0 || tookMs.length === 0) return null
  const totalMs = tookMs.reduce((sum, ms) => sum + ms, 0)
  return { slots, free: Math.max(0, slots - running), jobS: totalMs / tookMs.length / 1000 }
}

/**
 * In how many seconds a job is likely to start that has so many before it, as exactly as it is shown: to 5 s, from 90 s
 * on to a minute, from 90 minutes on to an hour.
 */
export function startsInS(ahead: number, { slots, free, jobS }: Throughput): number {
  if (ahead < free) return 0
  // The jobs that run now are half done on average.
  const seconds = ((ahead - free + 0.5) / slots) * jobS
  const step = seconds < 90 ? 5 : seconds < 5400 ? 60 : 3600
  return Math.round(seconds / step) * step
}
