import { agreementChecks } from '#lib/checks/agreement-checks.ts'
import { databaseChecks } from '#lib/checks/database-checks.ts'
import { diskCheck } from '#lib/checks/disk-check.ts'
import { secretMarks } from '#lib/checks/machine-facts.ts'
import { memoryCheck } from '#lib/checks/memory-check.ts'
import { selfCheckCheck } from '#lib/checks/self-check-check.ts'
import { workersCheck } from '#lib/checks/workers-check.ts'
import type { Config } from '#lib/config.ts'
import type { Jobs } from '#lib/jobs.ts'
import { lastSelfCheck } from '#lib/maintenance/self-check/outcome.ts'
import { reasonOf } from '#lib/reason-of.ts'
import type { ScheduleRuns } from '#lib/records/schedule-runs.ts'
import type { Secrets } from '#lib/secrets.ts'
import type { Check } from '#lib/vocabulary/check.ts'

export interface CheckedParts {
  /** With the URL of the database that this process uses. */
  config: Config
  jobs: Pick<Jobs, 'stats'>
  scheduleRuns: Pick<ScheduleRuns, 'list'>
  secrets: Pick<Secrets, 'secret' | 'adminToken'>
}

/** What the web process can ask: the database, its machine, and the workers of all machines by their reports. */
export async function webChecks(parts: CheckedParts): Promise<Check[]> {
  const { config } = parts
  const { databaseUrl, dataDir, diskReserveBytes } = config
  const found = await Promise.all([
    databaseUrl === undefined ? [] : databaseChecks(databaseUrl, 'this Nightshift'),
    checksOfWorkers(parts),
    diskCheck(dataDir, diskReserveBytes),
    memoryCheck(config),
  ])
  return found.flat()
}

async function checksOfWorkers({ jobs, scheduleRuns, secrets }: CheckedParts): Promise<Check[]> {
  try {
    const [{ workers }, runs] = await Promise.all([jobs.stats(), scheduleRuns.list()])
    const agreement = agreementChecks(workers, secretMarks(secrets))
    return [workersCheck(workers), selfCheckCheck(lastSelfCheck(runs)), ...agreement]
  } catch (error) {
    const found = `could not be asked: ${reasonOf(error)}`
    return [{ id: 'workers', state: 'unknown', what: 'Workers', found, mend: null }]
  }
}
