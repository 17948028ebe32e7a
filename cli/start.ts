import { ConfigError, readConfig } from '#lib/config.ts'
import { openSecrets } from '#lib/secrets.ts'
import { ensurePages, ROOT } from './start/build.ts'
import { removeBuildPackages } from './start/build-packages.ts'
import type { Role } from './start/children.ts'
import { runChildren } from './start/children-step.ts'
import { prepareFolders } from './start/data-folder.ts'
import { type StartingDatabase, startDatabase } from './start/database-step.ts'
import { ensureEngineRoot } from './start/engine-root.ts'
import { lockInstance, runningInstance } from './start/instance.ts'
import { closeAll, type LaunchContext } from './start/launch-context.ts'
import { checkPort } from './start/port.ts'
import { ensureBundle, type Scripts, SOURCE_SCRIPTS } from './start/program-bundle.ts'
import { ensureServices, serviceAdapters } from './start/services-step.ts'
import { sideBySide } from './start/side-by-side.ts'
import { endStaleProcesses } from './start/stale-processes.ts'
import { openSteps } from './start/steps.ts'
import { listenForStop } from './start/stopping.ts'

/**
 * Runs the web process, a worker or both until it is stopped. Both together are a whole instance: they install what is
 * missing, including the database. A single one joins a running instance: DATABASE_URL, or the instance on DATA_DIR.
 * @throws ConfigError, AppError with a sentence for the user
 */
export async function start(roles: readonly Role[]): Promise<void> {
  // The name that `ps` shows; the two children show their own files.
  process.title = 'nightshift cli/start'
  const steps = openSteps()
  const stopping = listenForStop()
  const cleanups: LaunchContext['cleanups'] = []
  try {
    await run(roles, { steps, stopping, cleanups })
    await stopping.whenAsked
  } catch (error) {
    // Errors caused by the stop itself are not reported.
    if (!stopping.asked.aborted) throw error
  } finally {
    const began = Date.now()
    await closeAll({ cleanups, steps })
    if (stopping.asked.aborted)
      steps.print(`\n  ✓ Stopped in ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
  }
}

async function run(
  roles: readonly Role[],
  shared: Pick<LaunchContext, 'steps' | 'stopping' | 'cleanups'>,
): Promise<void> {
  shared.steps.print('\n  Nightshift\n')
  const launch = await open(roles, shared)
  const { config } = launch
  if (roles.includes('web')) await checkPort(config.host, config.port)
  const { scripts, databaseUrl } = await prepare(launch, roles)
  await runChildren(launch, scripts, databaseUrl)
}

/** What web process and worker need before they are started. */
interface Prepared {
  scripts: Partial<Scripts>
  databaseUrl: StartingDatabase['url']
}

/** Brings programs, services and pages, and begins to start the database; none of them needs another. */
async function prepare(launch: LaunchContext, roles: readonly Role[]): Promise<Prepared> {
  const { config, steps, stopping } = launch
  const scripts: Partial<Scripts> = {}
  let databaseUrl: StartingDatabase['url'] = Promise.resolve(undefined)
  await sideBySide(stopping.asked, [
    async signal => {
      if (roles.includes('worker')) config.engineRoot = await ensureEngineRoot(steps, config, signal)
    },
    signal => ensureServices(launch, signal),
    async signal => {
      const all = serviceAdapters(config).length > 0 ? SOURCE_SCRIPTS : await ensureBundle(steps, signal)
      for (const role of roles) scripts[role] = all[role]
      if (roles.includes('web')) await ensurePages(steps, config.basePath, signal)
      removeBuildPackages(ROOT)
    },
    async () => {
      const database = startDatabase(launch)
      databaseUrl = database.url
      await database.spawned
    },
  ])
  return { scripts, databaseUrl }
}

/** Reads the configuration, locks DATA_DIR and ends the processes of a killed launcher. */
async function open(
  roles: readonly Role[],
  shared: Pick<LaunchContext, 'steps' | 'stopping' | 'cleanups'>,
): Promise<LaunchContext> {
  const isWholeInstance = roles.length > 1
  const config = readConfig()
  const paths = prepareFolders(config.dataDir)
  const instanceLock = isWholeInstance ? lockInstance(paths.instance, config.dataDir) : undefined
  if (instanceLock) shared.cleanups.push(async () => instanceLock.release())
  if (instanceLock?.previous) await endStaleProcesses(instanceLock.previous)
  if (!isWholeInstance && config.jobs === 'postgres')
    config.databaseUrl ??= databaseOfRunning(paths.instance, config.dataDir)
  return { ...shared, config, paths, instanceLock, secrets: openSecrets(config.dataDir, config) }
}

function databaseOfRunning(instanceFile: string, dataDir: string): string {
  const url = runningInstance(instanceFile)?.databaseUrl
  if (url) return url
  throw new ConfigError(
    `DATABASE_URL is not set, and no Nightshift runs on DATA_DIR ${dataDir}: name a database, or run “npm start”, which brings one.`,
  )
}
