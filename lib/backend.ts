import { openPostgresJobs } from './backend/postgres-jobs.ts'
import { openQueueElsewhere } from './backend/queue-elsewhere.ts'
import type { Config } from './config.ts'
import { ConfigError } from './config.ts'
import type { Jobs } from './jobs.ts'
import type { Logger } from './log.ts'
import { openPresets, type Presets } from './records/presets.ts'
import type { UploadSpool } from './spool.ts'
import { openLocalSpool } from './spools/local-spool.ts'
import { openLocalStorage } from './storage/local.ts'
import type { ObjectStore } from './storage.ts'

export interface Backend {
  jobs: Jobs
  storage: ObjectStore
  /** On the same storage: a finished upload is an object. */
  spool: UploadSpool
  presets: Presets
  close(): Promise<void>
}

/**
 * The only place that chooses implementations. With `deadlineMs` every call is answered or fails within that many
 * milliseconds; the worker, maintenance and migrations set no deadline.
 * @throws ConfigError when the configuration names no database, or a queue that cannot be used
 */
export async function openBackend(
  config: Config,
  log: Logger,
  { deadlineMs }: { deadlineMs?: number } = {},
): Promise<Backend> {
  const storage = await openLocalStorage(config.filesDir)
  const spool = await openLocalSpool(config.filesDir, storage)
  const { databaseUrl: url, queueLimit, ownerWaiting: ownerLimit, pollSeconds, historyMs } = config
  if (!url)
    throw new ConfigError(
      'DATABASE_URL is not set: start with `npm start`, which brings a database, or name one.',
    )
  const queue = await openQueueElsewhere(config, log)
  const options = { url, queueLimit, ownerLimit, pollSeconds, historyMs, deadlineMs, queue, log }
  const jobs = await openPostgresJobs(options)
  return { jobs, storage, spool, presets: openPresets(jobs.pool, deadlineMs), close: () => jobs.close() }
}
