import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '#lib/config.ts'
import type { LauncherMessage } from '#lib/launcher-channel.ts'
import { type Child, type Role, runChild } from './children.ts'
import type { LaunchContext } from './launch-context.ts'
import { askHealth, LIVENESS, watchLiveness } from './liveness.ts'
import { killGroup } from './process-groups.ts'
import { untilReady } from './readiness.ts'
import { rescueJobsOf } from './rescue.ts'

/** How long a child may take to stop, in milliseconds. */
const GRACE_MS = 20_000

/**
 * How long the start waits for the worker before it prints the page's URL, in milliseconds. The worker first tests its
 * sandbox and converts a document.
 */
const PATIENCE_WITH_WORKER_MS = 2000
/** From the worker's report until `/readyz` tells of it. */
const PATIENCE_WITH_READINESS_MS = 500

/** Starts web and worker, and prints the page's URL; that jobs start at once is said when `/readyz` says so. */
export async function runChildren(
  launch: LaunchContext,
  roles: readonly Role[],
  databaseUrl: string | undefined,
): Promise<void> {
  const { stopping, cleanups, instanceLock } = launch
  const config = { ...launch.config, databaseUrl }
  if (databaseUrl) instanceLock?.update({ databaseUrl })
  const children = roles.map(role => ({ role, child: startChild(launch, role, config) }))
  cleanups.push(async () => {
    await Promise.all(children.map(({ child }) => child.stop('SIGTERM', GRACE_MS, stopping.hurry)))
  })
  const [url] = await Promise.all(children.map(({ role, child }) => untilItWorks(launch, role, child)))
  stopping.asked.throwIfAborted()
  instanceLock?.update({ url })
  await announce(launch, url, children.find(({ role }) => role === 'worker')?.child)
  if (roles.includes('worker')) rehearseRescue(launch, config)
}

/** Resolves to the URL of the web process. */
async function untilItWorks(
  { steps, stopping }: LaunchContext,
  role: Role,
  child: Child,
): Promise<string | undefined> {
  let url: string | undefined
  const works = steps.run(role === 'web' ? 'Web' : 'Worker', async () => {
    const message = await Promise.race([child.works, stopping.whenAsked])
    if (message?.type === 'listening') url = message.url
    if (message?.type !== 'ready' || !message.problem) return message && NOTES[message.type]
    steps.print(`  ! The worker takes no jobs: ${message.problem}`)
    return undefined
  })
  if (role === 'web') await works
  else await Promise.race([works, wait(PATIENCE_WITH_WORKER_MS, undefined, { ref: false })])
  works.catch(error => steps.print(`  ! ${(error as Error).message}`))
  return url
}

const NOTES: Record<LauncherMessage['type'], string> = { listening: 'listens', ready: 'ready' }

function startChild(launch: LaunchContext, role: Role, config: Config): Child {
  const { secrets, steps, instanceLock } = launch
  return runChild(role, {
    environment: {
      DATA_DIR: config.dataDir,
      DATABASE_URL: config.databaseUrl ?? '',
      ENGINE_ROOT: config.engineRoot ?? '',
      ADMIN_TOKEN: secrets.adminToken,
      SECRET: secrets.secret,
    },
    onSpawn: pid => instanceLock?.noteChild(role, pid),
    onMessage(message, process) {
      if (message.type === 'listening') endWhenHung(process, launch)
    },
    onDeath({ how, pid, backoffMs }) {
      steps.print(`  ! The ${role} process ended (${how}); again in ${backoffMs / 1000} s`)
      if (role === 'worker') rescue(pid, config, launch)
    },
  })
}

/** Kills a web process that listens but does not answer; it is then restarted like one that died. */
function endWhenHung(web: ChildProcess, { config, steps, stopping }: LaunchContext): void {
  const ended = new AbortController()
  web.once('exit', () => ended.abort())
  watchLiveness({
    ...LIVENESS,
    ask: signal => askHealth(config, signal),
    // A stopping process no longer listens.
    signal: AbortSignal.any([ended.signal, stopping.asked]),
    onSilence() {
      steps.print(`  ! The web process has not answered for ${LIVENESS.limitMs / 1000} s and is killed`)
      if (web.pid !== undefined) killGroup(web.pid)
    },
  })
}

/**
 * Rescues the jobs of an earlier worker that may have been killed together with its launcher. Without one this is a
 * warm-up: the first rescue takes half a second for loading modules, the next 0.03 s.
 */
function rehearseRescue(launch: LaunchContext, config: Config): void {
  rescue(launch.instanceLock?.previous?.children.worker?.pid ?? 0, config, launch)
}

function rescue(
  pid: number,
  config: Config,
  { steps, stopping }: Pick<LaunchContext, 'steps' | 'stopping'>,
): void {
  rescueJobsOf(pid, config).catch(error => {
    if (stopping.asked.aborted) return
    steps.print(`  ! Its jobs wait until its lease is over (${(error as Error).message})`)
  })
}

/** Prints where the page is, and once that jobs start at once: now, or as soon as that is so. */
async function announce(
  { steps, secrets, paths, config, stopping }: LaunchContext,
  url: string | undefined,
  worker: Child | undefined,
): Promise<void> {
  const seconds = () => (performance.now() / 1000).toFixed(1)
  const readiness = async () => {
    await worker?.works.catch(() => {}) // Another worker may take the jobs.
    return untilReady(config, stopping.asked)
  }
  if (url) {
    const ready = readiness()
    const isReady = await Promise.race([ready, wait(PATIENCE_WITH_READINESS_MS, false, { ref: false })])
    const state = isReady ? `ready in ${seconds()} s` : 'no worker is ready yet'
    steps.print(`\n  Open ${url}   (${state}; Ctrl-C ends it)`)
    if (!isReady) void ready.then(isLater => isLater && steps.print(`  ✓ Ready in ${seconds()} s`))
  } else steps.print('\n  Ctrl-C ends it')
  if (secrets.created) steps.print(`  Admin token: ${secrets.adminToken}   (kept in ${paths.secrets})`)
  steps.print('')
}
