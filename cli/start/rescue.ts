import { hostname } from 'node:os'
import type { Config } from '#lib/config.ts'
import { openLog } from '#lib/log.ts'

/** The name of the worker with this pid on this machine. */
export const workerName = (pid: number) => `${hostname()}/${pid}`

/** Queues the jobs of a dead worker again at once, instead of after their lease. */
export async function rescueJobsOf(pid: number, config: Config): Promise<void> {
  const log = openLog('start', config.log)
  const { openBackend } = await import('#lib/backend.ts')
  const backend = await openBackend(config, log)
  try {
    const jobs = await backend.jobs.rescue(workerName(pid))
    if (jobs.length > 0) log.warn({ jobs }, 'took jobs back from a worker that died')
  } finally {
    await backend.close()
  }
}
