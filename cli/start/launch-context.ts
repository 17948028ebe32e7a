import type { Config } from '#lib/config.ts'
import type { DataPaths } from '#lib/data-paths.ts'
import type { Secrets } from '#lib/secrets.ts'
import type { InstanceLock } from './instance.ts'
import type { Steps } from './steps.ts'
import type { Stopping } from './stopping.ts'

/** What the steps of one start share. */
export interface LaunchContext {
  config: Config
  paths: DataPaths
  secrets: Secrets
  steps: Steps
  stopping: Stopping
  /** Only a whole instance locks its DATA_DIR; a single web process or worker does not. */
  instanceLock: InstanceLock | undefined
  /** Functions that stop what was started, in starting order. */
  cleanups: (() => Promise<void>)[]
}

/** Stops everything that was started, last first; an error does not prevent the other stops. */
export async function closeAll({
  cleanups,
  steps,
}: Pick<LaunchContext, 'cleanups' | 'steps'>): Promise<void> {
  for (const close of cleanups.splice(0).reverse())
    await close().catch(error => steps.print(`  ! ${(error as Error).message}`))
}
