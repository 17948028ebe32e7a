import type { Backend } from './backend.ts'
import { jobPrefix } from './jobs.ts'
import type { Logger } from './log.ts'
import { createOrphanSweep } from './maintenance/orphan-sweep.ts'

const EVERY_MS = 2_000
const SWEEP_EVERY_MS = 3_600_000

/**
 * Periodic maintenance: it rescues jobs whose worker is silent, deletes expired files, and once an hour sweeps files
 * without a job. The web process and every worker run it, so that none depends on another; all writes carry their
 * condition. Rounds and sweeps begin at a random moment, so that processes started together do not query the database
 * at once.
 */
export function startMaintenance(
  { jobs, storage, spool }: Pick<Backend, 'jobs' | 'storage' | 'spool'>,
  log: Logger,
): { stop(): Promise<void> } {
  const sweep = createOrphanSweep({ jobs, storage, spool })
  let lastSweep = Date.now() - Math.random() * SWEEP_EVERY_MS
  let round: Promise<void> | undefined

  async function deleteFiles(expired: readonly string[]): Promise<void> {
    for (const id of expired) await storage.delete(jobPrefix(id))
    if (expired.length > 0) await jobs.markFilesDeleted(expired)
  }

  async function makeRound(): Promise<void> {
    try {
      const { rescued, expired, removed } = await jobs.maintain(new Date())
      if (rescued.length > 0) log.warn({ jobs: rescued }, 'took jobs back from a silent worker')
      await deleteFiles(expired)
      if (expired.length + removed > 0)
        log.info({ expired: expired.length, removed }, 'deleted what was over its time')
      if (Date.now() - lastSweep > SWEEP_EVERY_MS) {
        lastSweep = Date.now()
        await sweep()
      }
    } catch (error) {
      log.warn({ err: error }, 'a round of maintenance failed; the next one follows')
    }
  }

  const next = () => {
    round ??= makeRound().finally(() => {
      round = undefined
    })
  }
  let timer = setTimeout(() => {
    timer = setInterval(next, EVERY_MS)
  }, Math.random() * EVERY_MS)

  return {
    async stop() {
      clearInterval(timer)
      await round
    },
  }
}
