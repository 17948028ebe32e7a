import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { ConfigError } from '#lib/config.ts'
import { putForeignDatabaseAside } from './data-folder.ts'
import { FAST_STOP, prepareDatabase } from './database.ts'
import { keepAlive } from './keep-alive.ts'
import type { Launch } from './launch.ts'

const GRACE_MS = 20_000

/** Brings up the embedded database where DATABASE_URL names none. Gives its URL. */
export async function ensureDatabase(launch: Launch): Promise<string> {
  if (launch.config.databaseUrl) return launch.config.databaseUrl
  const { places, secrets, steps } = launch
  if (secrets.passwordCreated) putForeignDatabaseAside(places, steps)
  const isNew = !existsSync(places.database)
  let url = ''
  await steps.run('Database', async () => {
    const running = await runDatabase(launch)
    url = running.url
    return `PostgreSQL ${running.version} on port ${running.port}${isNew ? ', new' : ''}`
  })
  if (places.outside && isNew)
    steps.say(`  · A folder above DATA_DIR is closed; the database lies in ${places.open}`)
  return url
}

async function runDatabase({ places, secrets, steps, stopping, closings }: Launch) {
  const database = await prepareDatabase({
    folder: places.open,
    log: places.databaseLog,
    password: secrets.databasePassword,
  })
  const { promise: first, resolve } = Promise.withResolvers<ChildProcess>()
  const kept = keepAlive({
    spawn: database.spawn,
    onSpawn: resolve,
    onDeath: ({ how, backoffMs }) =>
      steps.say(`  ! The database ended (${how}); again in ${backoffMs / 1000} s`),
  })
  closings.push(() => kept.stop(FAST_STOP, GRACE_MS, stopping.hurry))
  await database.ready(await first)
  return database
}

/** Brings the database to this version. @throws ConfigError where DATABASE_URL leads nowhere */
export async function migrateDatabase(
  { config, steps }: Pick<Launch, 'config' | 'steps'>,
  url: string,
): Promise<void> {
  await steps.run('Tables', async () => {
    const { migrate } = await import('#lib/migrate.ts')
    try {
      await migrate(url)
    } catch (error) {
      if (!config.databaseUrl) throw error
      throw new ConfigError(`DATABASE_URL cannot be used: ${reasonOf(error)}`)
    }
    return 'up to date'
  })
}

/** A refused connection to a name with several addresses comes as a bundle without words of its own. */
function reasonOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error
  return first instanceof Error ? first.message : String(first)
}
