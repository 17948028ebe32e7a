import pg from 'pg'
import { type Config, ConfigError } from '../config.ts'
import type { ObserveJobs } from '../jobs/job-fact.ts'
import type { Jobs } from '../jobs.ts'
import type { Logger } from '../log.ts'
import type { Queue } from '../queue.ts'
import { openMemoryScheduleRuns, openScheduleRuns, type ScheduleRuns } from '../records/schedule-runs.ts'
import type { Tracing } from '../tracing.ts'
import { openBusElsewhere } from './bus-elsewhere.ts'
import { openPostgresJobs } from './postgres-jobs.ts'
import { openQueueElsewhere } from './queue-elsewhere.ts'

interface OpenJobs {
  jobs: Jobs
  /** Brings the messages of maintenance; closed with the jobs. */
  maintenanceQueue: Queue<'maintain'>
  /** Of the database, for what only that serves; undefined without one. */
  pool: pg.Pool | undefined
  /** Without a database only those of this process. */
  scheduleRuns: ScheduleRuns
  close(): Promise<void>
}

/** How jobs are opened. */
export interface OpenJobsOptions {
  /** How long a call may wait for an answer, in milliseconds; unset: no limit. */
  deadlineMs?: number
  /** Is told what became of jobs by writes of this process; unset: nobody is. */
  observe?: ObserveJobs
  /** @see JobPorts */
  tracing?: Tracing | undefined
}

/**
 * Opens the jobs of JOBS with the queue of QUEUE and the bus of EVENTS.
 * @throws ConfigError when one of them cannot be used, or no database is named where one is needed
 */
export async function openJobs(
  config: Config,
  log: Logger,
  { deadlineMs, observe, tracing }: OpenJobsOptions = {},
): Promise<OpenJobs> {
  const { databaseUrl: url, queueLimit, ownerWaiting: ownerLimit, historyMs, pollSeconds } = config
  if (config.jobs === 'postgres' && !url)
    throw new ConfigError(
      'DATABASE_URL is not set: start with `npm start`, which brings a database, or name one.',
    )
  const functionSlots = config.lambda.slots
  const shared = { queueLimit, ownerLimit, historyMs, functionSlots, deadlineMs, observe, tracing, log }
  const [elsewhere, bus] = [await openQueueElsewhere(config, log), await openBusElsewhere(config, log)]
  if (config.jobs === 'postgres') {
    const jobs = await openPostgresJobs({
      ...shared,
      url: url ?? '',
      pollSeconds,
      queue: elsewhere?.queue,
      bus,
    })
    const maintenanceQueue = elsewhere?.maintenanceQueue ?? jobs.ownQueue
    if (!maintenanceQueue) throw new Error('jobs have neither a queue of their own nor another one')
    const { pool } = jobs
    return { jobs, maintenanceQueue, pool, scheduleRuns: openScheduleRuns(pool), close: () => jobs.close() }
  }
  if (!elsewhere || !bus) throw new ConfigError('JOBS=dynamodb needs QUEUE and EVENTS outside of PostgreSQL.')
  const { openDynamodbJobs } = await import('./dynamodb-jobs.ts')
  const jobs = await openDynamodbJobs({ ...shared, ...config.aws, queue: elsewhere.queue, bus })
  const pool = url ? openPool(url, { deadlineMs, log }) : undefined
  return {
    jobs,
    maintenanceQueue: elsewhere.maintenanceQueue,
    pool,
    scheduleRuns: pool ? openScheduleRuns(pool) : openMemoryScheduleRuns(),
    async close() {
      await jobs.close()
      await pool?.end()
    },
  }
}

interface PoolOptions {
  deadlineMs: number | undefined
  log: Logger
}

function openPool(url: string, { deadlineMs = 0, log }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 4, connectionTimeoutMillis: deadlineMs })
  pool.on('error', error => log.warn({ err: error }, 'a database connection was lost'))
  return pool
}
