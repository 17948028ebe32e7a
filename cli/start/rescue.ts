import { hostname } from 'node:os'
import type { Config } from '#lib/config.ts'
import { openLog } from '#lib/log.ts'

/** What the worker with this pid on this machine calls itself. */
export const workerName = (pid: number) => `${hostname()}/${pid}`

/** Gives the jobs of a worker that died back to the queue at once, instead of after its lease. */
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
