import type { Config } from '#lib/config.ts'
import { workerName } from '#lib/pid.ts'

/** Queues the jobs of a dead worker again at once, instead of after their lease. */
export async function rescueJobsOf(pid: number, config: Config): Promise<void> {
  const [{ openLog }, { openBackend }] = await Promise.all([import('#lib/log.ts'), import('#lib/backend.ts')])
  const log = openLog('start', config.log, config.logFiles)
  const backend = await openBackend(config, log)
  try {
    const jobs = await backend.jobs.rescue(workerName(pid))
    if (jobs.length > 0) log.warn({ jobIds: jobs }, 'took jobs back from a worker that died')
  } finally {
    await backend.close()
  }
}
