import { cachedFor } from '#lib/cached-for.ts'
import type { QueueStats } from '#lib/jobs.ts'
import type { ApiContext } from '../api/context.ts'

/** For so long one reading of the database serves all scrapes, in milliseconds. */
const CACHED_MS = 1000

/** What is read for a scrape. */
export interface Figures {
  /** Undefined while the database cannot be asked. */
  stats: QueueStats | undefined
  /** In bytes; null where the storage has no limit. */
  freeBytes: number | null
  /** What stays free, in bytes. */
  reserveBytes: number
}

type Sources = Pick<ApiContext, 'jobs' | 'storage' | 'config' | 'log'>

/** Makes what reads the figures. */
export function figuresOf({ jobs, storage, config, log }: Sources): () => Promise<Figures> {
  const readStats = cachedFor(CACHED_MS, () => jobs.stats())
  return async () => {
    const [stats, freeBytes] = await Promise.all([
      readStats().catch(error => {
        log.warn({ err: error }, 'the metrics lack what the database knows')
        return undefined
      }),
      storage.freeBytes(),
    ])
    return { stats, freeBytes, reserveBytes: config.diskReserveBytes }
  }
}
