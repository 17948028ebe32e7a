import type { Backend } from './backend.ts'
import { JOBS_PREFIX, jobPrefix } from './jobs.ts'
import type { Logger } from './log.ts'

const EVERY_MS = 2_000
const SWEEP_EVERY_MS = 3_600_000

/**
 * The rounds that somebody must make: rescue of jobs whose worker is silent, deletion of files over their time, and
 * hourly a sweep of files that belong to no job. Every process may make them; all writes carry their condition.
 */
export function startUpkeep({ jobs, storage }: Backend, log: Logger): { stop(): Promise<void> } {
  let suspects = new Set<string>()
  let lastSweep = Date.now()
  let round: Promise<void> | undefined

  async function makeRound(): Promise<void> {
    try {
      const { rescued, expired, removed } = await jobs.maintain(new Date())
      if (rescued.length > 0) log.warn({ jobs: rescued }, 'took jobs back from a silent worker')
      for (const id of expired) await storage.delete(jobPrefix(id))
      if (expired.length > 0) await jobs.forgetFiles(expired)
      if (expired.length + removed > 0)
        log.info({ expired: expired.length, removed }, 'deleted what was over its time')
      if (Date.now() - lastSweep > SWEEP_EVERY_MS) await sweep()
    } catch (error) {
      log.warn({ err: error }, 'a round of upkeep failed; the next one follows')
    }
  }

  /** Files without a row may be an upload under way, so only what was there a sweep ago too is litter. */
  async function sweep(): Promise<void> {
    lastSweep = Date.now()
    const ids = new Set<string>()
    for await (const key of storage.list(JOBS_PREFIX)) {
      const id = key.split('/')[1]
      if (id) ids.add(id)
    }
    const known = await jobs.known([...ids])
    const orphans = [...ids].filter(id => !known.has(id))
    for (const id of orphans) if (suspects.has(id)) await storage.delete(jobPrefix(id))
    suspects = new Set(orphans)
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
