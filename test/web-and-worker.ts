import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environmentWith } from '#lib/config.ts'
import { createDatabase, type TestDatabaseOptions } from './create-database.ts'
import { until } from './until.ts'
import { startWeb } from './web.ts'

const ROOT = join(import.meta.dirname, '..')

/** The real web process without pages, and a real worker with one slot, on a database of their own. */
export interface WebAndWorker {
  readonly url: string
  readonly worker: ChildProcess
  end(): Promise<void>
}

/** Resolves when the worker takes jobs. `root`: that of another clone, whose processes they are. */
export async function startWebAndWorker(
  env: Record<string, string>,
  database?: TestDatabaseOptions,
  root = ROOT,
): Promise<WebAndWorker> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nightshift-pair-'))
  // The user of the sandbox passes through it.
  await chmod(dataDir, 0o711)
  const { url: databaseUrl, drop } = await createDatabase(database)
  const settings = { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, SLOTS: '1', LOG_LEVEL: 'silent', ...env }
  const worker = spawn(process.execPath, [join(root, 'worker/main.ts')], {
    env: environmentWith(settings),
    stdio: 'ignore',
  })
  const web = await startWeb({ dataDir, databaseUrl, env: settings, server: join(root, 'app/server.ts') })
  const pair = {
    url: web.url,
    worker,
    async end() {
      worker.kill('SIGTERM')
      if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit')
      await web.end()
      await drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  try {
    await until('the worker takes jobs', async () => (await fetch(`${web.url}/readyz`)).ok)
    return pair
  } catch (error) {
    await pair.end()
    throw error
  }
}
