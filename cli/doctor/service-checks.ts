import { agreementChecks } from '#lib/checks/agreement-checks.ts'
import { databaseChecks } from '#lib/checks/database-checks.ts'
import { secretMarks } from '#lib/checks/machine-facts.ts'
import { selfCheckCheck } from '#lib/checks/self-check-check.ts'
import { workersCheck } from '#lib/checks/workers-check.ts'
import type { Config } from '#lib/config.ts'
import { lastSelfCheck } from '#lib/maintenance/self-check/outcome.ts'
import { reasonOf } from '#lib/reason-of.ts'
import { knownSecrets } from '#lib/secrets.ts'
import { type Check, passed } from '#lib/vocabulary/check.ts'
import { databaseVersion } from '../start/database-programs.ts'
import type { Instance } from '../start/instance.ts'

/** The database and, where the queue can be asked, the workers of all machines. */
export async function serviceChecks(config: Config, running: Instance | undefined): Promise<Check[]> {
  const url = config.databaseUrl ?? running?.databaseUrl
  const database = await databaseOf(config, url)
  if (database.some(({ state }) => state === 'failed')) return database
  if (config.jobs === 'postgres' && url === undefined) return [...database, nobodyAsked()]
  const workers = await workerChecks({ ...config, databaseUrl: url })
  return [...database, ...(running ? workers : workers.map(beforeStart))]
}

async function databaseOf(config: Config, url: string | undefined): Promise<Check[]> {
  if (url !== undefined)
    return databaseChecks(
      url,
      config.databaseUrl === undefined ? 'the instance that runs here' : 'DATABASE_URL',
    )
  if (config.jobs !== 'postgres') return [passed('database', 'Database', `none: jobs are in ${config.jobs}`)]
  try {
    return [passed('database', 'Database', `embedded PostgreSQL ${databaseVersion()}`)]
  } catch {
    const [found, mend] = [
      'none for this kind of machine',
      'DATABASE_URL=postgresql://user:password@host:5432/name',
    ]
    return [{ id: 'database', state: 'failed', what: 'Database', found, mend }]
  }
}

const nobodyAsked = (): Check => ({
  ...{ id: 'workers', state: 'unknown', what: 'Workers' },
  ...{ found: 'could not be asked: no Nightshift runs here, and no DATABASE_URL names where one does' },
  mend: null,
})

/** Where nothing was started yet it is no failure that no worker reports. */
const beforeStart = (check: Check): Check =>
  check.id === 'workers' && check.state === 'failed' ? { ...check, state: 'warning' } : check

/** A database that was never migrated, or a broker that is away, is said and ends nothing. */
async function workerChecks(config: Config): Promise<Check[]> {
  const [{ openLog }, { openJobs }] = await Promise.all([
    import('#lib/log.ts'),
    import('#lib/backend/chosen-jobs.ts'),
  ])
  try {
    const log = openLog('doctor', { level: 'silent' })
    const { jobs, pool, scheduleRuns, close } = await openJobs(config, log, { deadlineMs: 5000 })
    try {
      const { workers } = await jobs.stats()
      const secrets = knownSecrets(config.dataDir, config)
      // Without a database the web processes alone know.
      const selfCheck = pool ? [selfCheckCheck(lastSelfCheck(await scheduleRuns.list()))] : []
      const agreement = agreementChecks(workers, secrets && secretMarks(secrets))
      return [workersCheck(workers), ...selfCheck, ...agreement]
    } finally {
      await close()
    }
  } catch (error) {
    const found = `could not be asked: ${reasonOf(error)}`
    return [{ id: 'workers', state: 'unknown', what: 'Workers', found, mend: 'nightshift migrate' }]
  }
}
