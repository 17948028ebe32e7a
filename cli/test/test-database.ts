import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareFolders } from '../start/data-folder.ts'
import { FAST_STOP, preparePostgres } from '../start/embedded-postgres.ts'
import { keepAlive } from '../start/keep-alive.ts'
import type { LaunchContext } from '../start/launch-context.ts'

/** Copied for every test file; `test/create-database.ts` uses the same name. */
const TEMPLATE = 'nightshift_template'

/** The environment of test files and benchmarks. */
export type TestEnvironment = { TEST_DATABASE_URL: string; TMPDIR: string }

/**
 * Starts a PostgreSQL for tests or benchmarks in a temporary folder, with a migrated template database. The cleanups
 * remove both, and everything that an interrupted test leaves in TMPDIR.
 */
export async function openTestDatabase(
  { steps, cleanups }: Pick<LaunchContext, 'steps' | 'cleanups'>,
  settings: readonly string[],
): Promise<TestEnvironment> {
  const folder = mkdtempSync(join(tmpdir(), 'nightshift-test-'))
  let url = ''
  await steps.run('Database', async () => {
    cleanups.push(async () => rmSync(folder, { recursive: true, force: true }))
    // As root, the users of PostgreSQL and of the sandbox must be able to enter it.
    chmodSync(folder, 0o711)
    mkdirSync(join(folder, 'tmp'), { mode: 0o711 })
    const paths = prepareFolders(folder)
    if (paths.outside) cleanups.push(async () => rmSync(paths.open, { recursive: true, force: true }))
    url = await run(paths.open, settings, cleanups)
    await makeTemplate(url)
    return 'with a migrated template'
  })
  return { TEST_DATABASE_URL: url, TMPDIR: join(folder, 'tmp') }
}

async function run(folder: string, settings: readonly string[], cleanups: LaunchContext['cleanups']) {
  const password = 'only-for-tests-on-this-machine'
  const database = await preparePostgres({ folder, log: join(folder, 'database.log'), password, settings })
  const child = database.spawn()
  const server = keepAlive({ spawn: () => child })
  cleanups.push(() => server.stop(FAST_STOP, 10_000))
  await database.ready(child)
  return database.url
}

async function makeTemplate(server: string): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`CREATE DATABASE ${TEMPLATE}`)
  await client.end()
  const url = new URL(server)
  url.pathname = `/${TEMPLATE}`
  const { migrate } = await import('#lib/migrations.ts')
  await migrate(url.href)
}
