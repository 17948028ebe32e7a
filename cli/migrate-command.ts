import { ConfigError, readConfig } from '#lib/config.ts'
import { dataPathsOf } from '#lib/data-paths.ts'
import { migrateDatabase } from './start/database-step.ts'
import { runningInstance } from './start/instance.ts'
import { openSteps } from './start/steps.ts'

/**
 * Migrates the database to this version, before new processes are rolled out.
 * @throws ConfigError where DATABASE_URL names no database
 */
export async function migrateCommand(): Promise<void> {
  const config = readConfig()
  const steps = openSteps()
  const url = config.databaseUrl ?? runningInstance(dataPathsOf(config.dataDir).instance)?.databaseUrl
  if (!url)
    throw new ConfigError(
      'DATABASE_URL is not set; “npm start” migrates the database that it brings on its own.',
    )
  await migrateDatabase({ config, steps }, url)
}
