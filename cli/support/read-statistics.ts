import type { Config } from '#lib/config.ts'
import type { DataPaths } from '#lib/data-paths.ts'
import { reasonOf } from '#lib/reason-of.ts'
import { runningInstance } from '../start/instance.ts'

/** How long the database may take, in milliseconds. */
const WITHIN_MS = 5_000

/** The counts of the queues with the workers' reports, or why nobody could be asked. */
export async function readStatistics(config: Config, paths: DataPaths): Promise<object> {
  const databaseUrl = config.databaseUrl ?? runningInstance(paths.instance)?.databaseUrl
  if (config.jobs === 'postgres' && databaseUrl === undefined)
    return { notAsked: 'no Nightshift runs here, and DATABASE_URL is not set' }
  const [{ openLog }, { openJobs }] = await Promise.all([
    import('#lib/log.ts'),
    import('#lib/backend/chosen-jobs.ts'),
  ])
  try {
    const silent = openLog('support', { level: 'silent' })
    const opened = await openJobs({ ...config, databaseUrl }, silent, { deadlineMs: WITHIN_MS })
    try {
      const maintenance = await opened.maintenanceQueue.depth('maintain')
      return { jobs: await opened.jobs.stats(), maintenance }
    } finally {
      await opened.close()
    }
  } catch (error) {
    return { notAsked: reasonOf(error) }
  }
}
