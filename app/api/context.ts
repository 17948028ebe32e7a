import type { HttpBindings } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Config } from '#lib/config.ts'
import type { Jobs } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'
import type { Queue } from '#lib/queue.ts'
import type { Audit } from '#lib/records/audit.ts'
import type { Presets } from '#lib/records/presets.ts'
import type { ScheduleRuns } from '#lib/records/schedule-runs.ts'
import type { UploadSpool } from '#lib/spool.ts'
import type { ObjectStore } from '#lib/storage.ts'
import type { Tracing } from '#lib/tracing.ts'
import type { Check } from '#lib/vocabulary/check.ts'
import type { EventHub } from '../event-hub.ts'
import type { WebMetrics } from '../metrics.ts'
import type { Operators } from '../operators.ts'
import type { Owners } from '../owners.ts'

/** The dependencies of all resources of the API. */
export interface ApiContext {
  jobs: Jobs
  storage: ObjectStore
  spool: UploadSpool
  presets: Presets
  audit: Audit
  maintenanceQueue: Queue<'maintain'>
  scheduleRuns: Pick<ScheduleRuns, 'list'>
  events: EventHub
  config: Config
  owners: Owners
  operators: Operators
  metrics: WebMetrics
  /** What the web process finds out about what it needs. */
  checks(): Promise<Check[]>
  /** Encrypts passwords that are stored with a job. */
  secret: string
  /** Aborts when the process is asked to stop: pending long requests are answered then. */
  stopping: AbortSignal
  /** Undefined where nobody wants traces. */
  tracing?: Tracing | undefined
  log: Logger
}

export type Env = { Bindings: HttpBindings }
export type Api = OpenAPIHono<Env>
