import { cachedFor } from '#lib/cached-for.ts'
import type { QueueStats } from '#lib/jobs.ts'
import { lastSelfCheck } from '#lib/maintenance/self-check/outcome.ts'
import type { ScheduleRun } from '#lib/records/schedule-runs.ts'
import type { ApiContext } from '../api/context.ts'

/** For so long one reading of the database serves all scrapes, in milliseconds. */
const CACHED_MS = 1000

/** What is read for a scrape. */
export interface Figures {
  /** Undefined while the database cannot be asked. */
  stats: QueueStats | undefined
  /** Undefined before the first one has ended, and while the database cannot be asked. */
  selfCheck: ScheduleRun | undefined
  /** In bytes; null where the storage has no limit. */
  freeBytes: number | null
  /** What stays free, in bytes. */
  reserveBytes: number
}

type Sources = Pick<ApiContext, 'jobs' | 'storage' | 'scheduleRuns' | 'config' | 'log'>

/** Makes what reads the figures. */
export function figuresOf({ jobs, storage, scheduleRuns, config, log }: Sources): () => Promise<Figures> {
  const readDatabase = cachedFor(CACHED_MS, async () => {
    const [stats, runs] = await Promise.all([jobs.stats(), scheduleRuns.list()])
    return { stats, selfCheck: lastSelfCheck(runs) }
  })
  return async () => {
    const [known, freeBytes] = await Promise.all([
      readDatabase().catch(error => {
        log.warn({ err: error }, 'the metrics lack what the database knows')
        return { stats: undefined, selfCheck: undefined }
      }),
      storage.freeBytes(),
    ])
    return { ...known, freeBytes, reserveBytes: config.diskReserveBytes }
  }
}
