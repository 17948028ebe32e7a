import type { Backend } from './backend.ts'
import { jobPrefix } from './jobs.ts'
import type { Logger } from './log.ts'
import { createSweep } from './maintenance/sweep.ts'

const EVERY_MS = 2_000
const SWEEP_EVERY_MS = 3_600_000

/**
 * Periodic maintenance: it rescues jobs whose worker is silent, deletes expired files, and once an hour sweeps files
 * without a job. Several processes may run it, because all writes carry their condition.
 */
export function startMaintenance({ jobs, storage }: Backend, log: Logger): { stop(): Promise<void> } {
  const sweep = createSweep({ jobs, storage })
  let lastSweep = Date.now()
  let round: Promise<void> | undefined

  async function makeRound(): Promise<void> {
    try {
      const { rescued, expired, removed } = await jobs.maintain(new Date())
      if (rescued.length > 0) log.warn({ jobs: rescued }, 'took jobs back from a silent worker')
      for (const id of expired) await storage.delete(jobPrefix(id))
      if (expired.length > 0) await jobs.markFilesDeleted(expired)
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

  const timer = setInterval(() => {
    round ??= makeRound().finally(() => {
      round = undefined
    })
  }, EVERY_MS)

  return {
    async stop() {
      clearInterval(timer)
      await round
    },
  }
}
