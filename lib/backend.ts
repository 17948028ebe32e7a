import type { Config } from './config.ts'
import { ConfigError } from './config.ts'
import { openPostgresJobs } from './jobs/postgres.ts'
import type { Jobs } from './jobs.ts'
import type { Logger } from './log.ts'
import { openLocalStorage } from './storage/local.ts'
import type { Storage } from './storage.ts'

export interface Backend {
  jobs: Jobs
  storage: Storage
  close(): Promise<void>
}

/** The only place that chooses implementations. @throws ConfigError where the configuration names none */
export async function openBackend(config: Config, log: Logger): Promise<Backend> {
  const storage = await openLocalStorage(config.filesDir)
  const jobs = await openJobs(config, log)
  return { jobs, storage, close: () => jobs.close() }
}

function openJobs(config: Config, log: Logger): Promise<Jobs> {
  switch (config.queue) {
    case 'postgres': {
      const { databaseUrl: url, queueLimit, ownerWaiting: ownerLimit, pollSeconds, historyMs } = config
      if (!url)
        throw new ConfigError(
          'DATABASE_URL is not set: start with `npm start`, which brings a database, or name one.',
        )
      return openPostgresJobs({ url, queueLimit, ownerLimit, pollSeconds, historyMs, log })
    }
  }
}
