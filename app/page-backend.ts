import type { Backend } from '#lib/backend.ts'
import type { DescribedSetting } from '#lib/config/described-settings.ts'
import type { Config } from '#lib/config.ts'
import type { Jobs } from '#lib/jobs.ts'
import type { Audit } from '#lib/records/audit.ts'
import type { ObjectStore } from '#lib/storage.ts'
import type { Check } from '#lib/vocabulary/check.ts'
import type { Operators } from './operators.ts'
import type { Overview } from './overview/overview.ts'
import type { Owners } from './owners.ts'

/** The backend of the pages. They never open their own: the server holds the connections. */
export interface PageBackend extends Pick<Backend, 'statistics' | 'scheduleRuns' | 'maintenanceQueue'> {
  jobs: Jobs
  storage: ObjectStore
  audit: Audit
  /** How everything stands. */
  overview(): Promise<Overview>
  config: Config
  settings: readonly DescribedSetting[]
  owners: Pick<Owners, 'idOf'>
  operators: Pick<Operators, 'sessionOf'>
  /** What the web process finds out about what it needs. */
  checks(): Promise<Check[]>
}

// Next bundles pages into a separate module graph, where a plain module variable would be a second, empty one.
const holder = globalThis as { nightshiftBackend?: PageBackend }

/** Makes the server's backend available to the pages. */
export function provideBackend(backend: PageBackend): void {
  holder.nightshiftBackend = backend
}

/** The server's backend. @throws Error outside a running server */
export function backend(): PageBackend {
  if (!holder.nightshiftBackend) throw new Error('pages are served by app/server.ts, which opens the backend')
  return holder.nightshiftBackend
}
