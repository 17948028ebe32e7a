import type { Config } from '#lib/config.ts'
import type { Jobs } from '#lib/jobs.ts'
import type { ObjectStore } from '#lib/storage.ts'

/** What pages read. They never open their own: the server holds the connections. */
export interface PageBackend {
  jobs: Jobs
  storage: ObjectStore
  config: Config
}

// Next bundles pages into a module graph of their own, so a plain module variable would be a second, empty one.
const holder = globalThis as { nightshiftBackend?: PageBackend }

export function provideBackend(backend: PageBackend): void {
  holder.nightshiftBackend = backend
}

/** @throws Error outside a running server */
export function backend(): PageBackend {
  if (!holder.nightshiftBackend) throw new Error('pages are served by app/server.ts, which opens the backend')
  return holder.nightshiftBackend
}
