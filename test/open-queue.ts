import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openBackend } from '#lib/backend.ts'
import { readConfig } from '#lib/config.ts'
import type { Jobs } from '#lib/jobs.ts'
import { startMaintenance } from '#lib/maintenance.ts'

export interface OpenQueue {
  jobs: Jobs
  close(): Promise<void>
}

/** The product's jobs on a migrated database, with its maintenance, and without limits that a load would meet. */
export async function openQueue(databaseUrl: string): Promise<OpenQueue> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nightshift-queue-'))
  const limits = { QUEUE_LIMIT: '1000000', OWNER_WAITING: '1000000' }
  const log = pino({ level: 'silent' })
  const backend = await openBackend(
    readConfig({ ...limits, DATABASE_URL: databaseUrl, DATA_DIR: dataDir }),
    log,
  )
  const maintenance = startMaintenance(backend, log)
  return {
    jobs: backend.jobs,
    async close() {
      await maintenance.stop()
      await backend.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
