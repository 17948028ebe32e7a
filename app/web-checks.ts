import { agreementChecks } from '#lib/checks/agreement-checks.ts'
import { databaseChecks } from '#lib/checks/database-checks.ts'
import { diskCheck } from '#lib/checks/disk-check.ts'
import { secretMarks } from '#lib/checks/machine-facts.ts'
import { memoryCheck } from '#lib/checks/memory-check.ts'
import { workersCheck } from '#lib/checks/workers-check.ts'
import type { Config } from '#lib/config.ts'
import type { Jobs } from '#lib/jobs.ts'
import { reasonOf } from '#lib/reason-of.ts'
import type { Secrets } from '#lib/secrets.ts'
import type { Check } from '#lib/vocabulary/check.ts'

export interface CheckedParts {
  /** With the URL of the database that this process uses. */
  config: Config
  jobs: Pick<Jobs, 'stats'>
  secrets: Pick<Secrets, 'secret' | 'adminToken'>
}

/** What the web process can ask: the database, its machine, and the workers of all machines by their reports. */
export async function webChecks({ config, jobs, secrets }: CheckedParts): Promise<Check[]> {
  const { databaseUrl, dataDir, diskReserveBytes } = config
  const found = await Promise.all([
    databaseUrl === undefined ? [] : databaseChecks(databaseUrl, 'this Nightshift'),
    checksOfWorkers(jobs, secrets),
    diskCheck(dataDir, diskReserveBytes),
    memoryCheck(config),
  ])
  return found.flat()
}

async function checksOfWorkers(
  jobs: CheckedParts['jobs'],
  secrets: CheckedParts['secrets'],
): Promise<Check[]> {
  try {
    const { workers } = await jobs.stats()
    return [workersCheck(workers), ...agreementChecks(workers, secretMarks(secrets))]
  } catch (error) {
    const found = `could not be asked: ${reasonOf(error)}`
    return [{ id: 'workers', state: 'unknown', what: 'Workers', found, mend: null }]
  }
}
