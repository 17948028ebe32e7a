import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { ConfigError } from '#lib/config.ts'
import { reasonOf } from '#lib/reason-of.ts'
import { putForeignDatabaseAside } from './data-folder.ts'
import { FAST_STOP, preparePostgres } from './embedded-postgres.ts'
import { keepAlive } from './keep-alive.ts'
import type { LaunchContext } from './launch-context.ts'

const GRACE_MS = 20_000

export interface StartingDatabase {
  /**
   * Resolves when the process of the embedded database runs, so that what is stopped before it may be started; as `url`
   * where the database is another one.
   */
  spawned: Promise<void>
  /** The URL of the migrated database; undefined where none is needed or named. */
  url: Promise<string | undefined>
}

/** Starts the embedded database unless DATABASE_URL is set, or the jobs are elsewhere, and migrates the database. */
export function startDatabase(launch: LaunchContext): StartingDatabase {
  const { promise: spawned, resolve, reject } = Promise.withResolvers<void>()
  const url = ensureDatabase(launch, resolve).then(async ready => {
    launch.stopping.asked.throwIfAborted()
    if (ready) await migrateDatabase(launch, ready)
    return ready
  })
  url.then(() => resolve(), reject)
  // Only the first of the two that fails is awaited.
  url.catch(() => {})
  return { spawned, url }
}

/** Resolves to the database's URL, or undefined without one. */
async function ensureDatabase(launch: LaunchContext, onSpawned: () => void): Promise<string | undefined> {
  const { config, paths, secrets, steps } = launch
  if (config.databaseUrl || config.jobs !== 'postgres') return config.databaseUrl
  if (secrets.passwordCreated) putForeignDatabaseAside(paths, steps)
  const isNew = !existsSync(paths.database)
  let url = ''
  await steps.run('Database', async () => {
    const running = await runDatabase(launch, onSpawned)
    url = running.url
    return `PostgreSQL ${running.version} on port ${running.port}${isNew ? ', new' : ''}`
  })
  if (paths.outside && isNew)
    steps.print(`  · A folder above DATA_DIR is closed; the database lies in ${paths.open}`)
  return url
}

async function runDatabase(
  { config, paths, secrets, steps, stopping, cleanups }: LaunchContext,
  onSpawned: () => void,
) {
  const database = await preparePostgres({
    folder: paths.open,
    log: paths.databaseLog,
    password: secrets.databasePassword,
    webPort: config.port,
  })
  const { promise: first, resolve } = Promise.withResolvers<ChildProcess>()
  const kept = keepAlive({
    spawn: database.spawn,
    onSpawn: resolve,
    onDeath: ({ how, backoffMs }) =>
      steps.print(`  ! The database ended (${how}); again in ${backoffMs / 1000} s`),
  })
  cleanups.push(() => kept.stop(FAST_STOP, GRACE_MS, stopping.hurry))
  const server = await first
  onSpawned()
  await database.ready(server)
  return database
}

/** Migrates the database to this version. @throws ConfigError where DATABASE_URL cannot be reached */
export async function migrateDatabase(
  { config, steps }: Pick<LaunchContext, 'config' | 'steps'>,
  url: string,
): Promise<void> {
  await steps.run('Tables', async () => {
    const { migrate } = await import('#lib/migrations.ts')
    try {
      await migrate(url)
    } catch (error) {
      if (!config.databaseUrl) throw error
      throw new ConfigError(`DATABASE_URL cannot be used: ${reasonOf(error)}`)
    }
    return 'up to date'
  })
}
