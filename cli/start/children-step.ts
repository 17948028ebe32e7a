import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { type Child, type ChildOptions, type Role, runChild } from './children.ts'
import type { LaunchContext } from './launch-context.ts'
import { askHealth, askWeb, LIVENESS, watchLiveness } from './liveness.ts'
import { killGroup } from './process-groups.ts'
import type { Scripts } from './program-bundle.ts'
import { untilReady } from './readiness.ts'
import { rescueJobsOf } from './rescue.ts'

/** How long a child may take to stop, in milliseconds. */
const GRACE_MS = 20_000

/** How long `/readyz` may take to tell that a worker is ready: of our worker, which has reported it, and of another. */
const PATIENCE_WITH_OURS_MS = 5000
const PATIENCE_WITH_OTHERS_MS = 500

type DatabaseUrl = Promise<string | undefined>

/**
 * Starts web and worker, which load while the database starts, and prints the page's URL once a job would start at once,
 * as `/readyz` says, or the reason why none would.
 * @throws what `databaseUrl` rejects with; AppError `cannot_start` of the web process
 */
export async function runChildren(
  launch: LaunchContext,
  scripts: Partial<Scripts>,
  databaseUrl: DatabaseUrl,
): Promise<void> {
  const { stopping, cleanups, instanceLock } = launch
  const { promise: started, resolve: onStarted } = Promise.withResolvers<void>()
  const start = (role: Role) => {
    const script = scripts[role]
    return script === undefined ? undefined : startChild(launch, { role, script, databaseUrl, started })
  }
  // The worker first, because its start takes longest.
  const [worker, web] = [start('worker'), start('web')]
  cleanups.push(async () => {
    await Promise.all([web, worker].map(child => child?.stop('SIGTERM', GRACE_MS, stopping.hurry)))
  })
  instanceLock?.update({ databaseUrl: await databaseUrl })
  const takesJobs = worker && untilWorkerWorks(launch, worker)
  const url = web && (await untilWebWorks(launch, web))
  stopping.asked.throwIfAborted()
  if (url) rehearseReadiness(launch)
  instanceLock?.update({ url })
  await announce(launch, url, await takesJobs)
  onStarted()
  if (worker) rehearseRescue(launch, databaseUrl)
}

/** Resolves to the URL of the web process. @throws AppError `cannot_start` */
async function untilWebWorks({ steps, stopping }: LaunchContext, web: Child): Promise<string | undefined> {
  let url: string | undefined
  await steps.run('Web', async () => {
    const message = await Promise.race([web.works, stopping.whenAsked])
    if (message?.type === 'listening') url = message.url
    return url && `listens on ${url}`
  })
  return url
}

/** Resolves to whether it takes jobs; prints why not. */
async function untilWorkerWorks({ steps, stopping }: LaunchContext, worker: Child): Promise<boolean> {
  let takesJobs = false
  const work = async () => {
    const message = await Promise.race([worker.works, stopping.whenAsked])
    takesJobs = message?.type === 'ready' && message.problem === null
    if (message?.type === 'ready' && message.problem)
      steps.print(`  ! The worker takes no jobs: ${message.problem}`)
    return takesJobs ? 'ready' : undefined
  }
  await steps
    .run('Worker', work, 'starting LibreOffice and testing its sandbox')
    .catch(error => steps.print(`  ! ${(error as Error).message}`))
  return takesJobs
}

function startChild(
  launch: LaunchContext,
  { role, ...told }: Pick<ChildOptions, 'script' | 'databaseUrl' | 'started'> & { role: Role },
): Child {
  const { config, secrets, steps, instanceLock } = launch
  return runChild(role, {
    environment: {
      DATA_DIR: config.dataDir,
      // It comes by the channel, once the database is up and migrated.
      DATABASE_URL: '',
      ENGINE_ROOT: config.engineRoot ?? '',
      ADMIN_TOKEN: secrets.adminToken,
      SECRET: secrets.secret,
    },
    ...told,
    onSpawn: pid => instanceLock?.noteChild(role, pid),
    onMessage(message, process) {
      if (message.type === 'listening') endWhenHung(process, launch)
    },
    onDeath({ how, pid, backoffMs }) {
      steps.print(`  ! The ${role} process ended (${how}); again in ${backoffMs / 1000} s`)
      if (role === 'worker') rescue(pid, told.databaseUrl, launch)
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

/** The first answer loads what the next ones need: it may, while LibreOffice starts. */
function rehearseReadiness({ config, stopping }: LaunchContext): void {
  askWeb(config, { path: '/readyz', signal: stopping.asked }).catch(() => {}) // It is asked again.
}

/**
 * Rescues the jobs of an earlier worker that may have been killed together with its launcher. Without one this is a
 * warm-up: the first rescue takes half a second for loading modules, the next 0.03 s.
 */
function rehearseRescue(launch: LaunchContext, databaseUrl: DatabaseUrl): void {
  rescue(launch.instanceLock?.previous?.children.worker?.pid ?? 0, databaseUrl, launch)
}

function rescue(
  pid: number,
  databaseUrl: DatabaseUrl,
  { config, steps, stopping }: Pick<LaunchContext, 'config' | 'steps' | 'stopping'>,
): void {
  databaseUrl
    .then(url => rescueJobsOf(pid, { ...config, databaseUrl: url }))
    .catch(error => {
      if (stopping.asked.aborted) return
      steps.print(`  ! Its jobs wait until its lease is over (${(error as Error).message})`)
    })
}

/** Prints where the page is, and once that jobs start at once: now, or as soon as that is so. */
async function announce(
  { steps, secrets, paths, config, stopping }: LaunchContext,
  url: string | undefined,
  takesJobs: boolean | undefined,
): Promise<void> {
  const seconds = () => (performance.now() / 1000).toFixed(1)
  const patienceMs = takesJobs ? PATIENCE_WITH_OURS_MS : PATIENCE_WITH_OTHERS_MS
  if (url) {
    const ready = untilReady(config, stopping.asked) // Another worker may take the jobs.
    const isReady = await Promise.race([ready, wait(patienceMs, false, { ref: false })])
    const state = isReady ? `ready in ${seconds()} s` : 'no worker is ready yet'
    steps.print(`\n  Open ${url}   (${state}; Ctrl-C ends it)`)
    if (!isReady) void ready.then(isLater => isLater && steps.print(`  ✓ Ready in ${seconds()} s`))
  } else steps.print('\n  Ctrl-C ends it')
  if (secrets.created) steps.print(`  Admin token: ${secrets.adminToken}   (kept in ${paths.secrets})`)
  steps.print('')
}
