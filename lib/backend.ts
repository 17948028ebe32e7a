import type { Config } from './config.ts'
import { ConfigError } from './config.ts'
import { openPostgresJobs } from './jobs/postgres.ts'
import type { Jobs } from './jobs.ts'
import type { Logger } from './log.ts'
import { openPresets, type Presets } from './records/presets.ts'
import { openLocalStorage } from './storage/local.ts'
import type { Storage } from './storage.ts'

export interface Backend {
  jobs: Jobs
  storage: Storage
  presets: Presets
  close(): Promise<void>
}

/**
 * The only place that chooses implementations. With `deadlineMs` every call is answered or fails within that many
 * milliseconds; the worker, maintenance and migrations set no deadline.
 * @throws ConfigError when the configuration names no implementation
 */
export async function openBackend(
  config: Config,
  log: Logger,
  { deadlineMs }: { deadlineMs?: number } = {},
): Promise<Backend> {
  const storage = await openLocalStorage(config.filesDir)
  switch (config.queue) {
    case 'postgres': {
      const { databaseUrl: url, queueLimit, ownerWaiting: ownerLimit, pollSeconds, historyMs } = config
      if (!url)
        throw new ConfigError(
          'DATABASE_URL is not set: start with `npm start`, which brings a database, or name one.',
        )
      const jobs = await openPostgresJobs({
        url,
        queueLimit,
        ownerLimit,
        pollSeconds,
        historyMs,
        deadlineMs,
        log,
      })
      const presets = openPresets(url, deadlineMs)
      const close = async () => void (await Promise.all([jobs.close(), presets.close()]))
      return { jobs, storage, presets, close }
    }
  }
}
