import { type OpenJobsOptions, openJobs } from './backend/chosen-jobs.ts'
import { openFiles } from './backend/files.ts'
import { tracingFor } from './backend/tracing-for.ts'
import type { Config } from './config.ts'
import type { Jobs } from './jobs.ts'
import type { Logger } from './log.ts'
import type { Queue } from './queue.ts'
import { type Audit, auditInLog, openAudit } from './records/audit.ts'
import { type EndedSessions, openEndedSessions, openMemoryEndedSessions } from './records/ended-sessions.ts'
import { openPresets, type Presets } from './records/presets.ts'
import { PRESETS_OFF } from './records/presets-off.ts'
import type { ScheduleRuns } from './records/schedule-runs.ts'
import type { UploadSpool } from './spool.ts'
import { createPostgresStatistics } from './statistics/postgres-statistics.ts'
import { createStatistics, type Statistics } from './statistics.ts'
import type { ObjectStore } from './storage.ts'
import type { Tracing } from './tracing.ts'

export interface Backend {
  jobs: Jobs
  storage: ObjectStore
  /** On the same storage: a finished upload is an object. */
  spool: UploadSpool
  presets: Presets
  /** What operators did. */
  audit: Audit
  maintenanceQueue: Queue<'maintain'>
  /** Null where the jobs are not in PostgreSQL: then none are kept. */
  statistics: Statistics | null
  /** Without a database only those of this process. */
  scheduleRuns: ScheduleRuns
  /** Without a database only those of this process. */
  endedSessions: EndedSessions
  /** Undefined where nobody wants traces. */
  tracing: Tracing | undefined
  close(): Promise<void>
}

/**
 * The only place that chooses implementations. With `deadlineMs` every call is answered or fails within that many
 * milliseconds; the worker, maintenance and migrations set no deadline. `observe` is told what becomes of jobs by writes
 * of this process.
 * @throws ConfigError when the configuration names no database where one is needed, or something that cannot be used
 */
export async function openBackend(
  config: Config,
  log: Logger,
  options: Omit<OpenJobsOptions, 'tracing'> = {},
): Promise<Backend> {
  const { storage, spool } = await openFiles(config, log)
  const tracing = tracingFor(config, log)
  const { jobs, maintenanceQueue, pool, scheduleRuns, close } = await openJobs(config, log, {
    ...options,
    tracing,
  })
  const statistics =
    pool && config.jobs === 'postgres' ? createStatistics(createPostgresStatistics(pool)) : null
  const records = {
    presets: pool ? openPresets(pool, options.deadlineMs) : PRESETS_OFF,
    audit: pool ? openAudit(pool, { log, ...options }) : auditInLog(log),
    endedSessions: pool ? openEndedSessions(pool, options.deadlineMs) : openMemoryEndedSessions(),
  }
  return {
    ...{ jobs, storage, spool, maintenanceQueue, statistics, scheduleRuns, ...records, tracing },
    async close() {
      await close()
      await tracing?.close()
    },
  }
}
