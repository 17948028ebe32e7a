/** The worker process: only wiring and signals. */
import { once } from 'node:events'
import { readConfig } from '#lib/config.ts'
import { dataPathsOf } from '#lib/data-paths.ts'
import type { Attempt, WorkerStatus } from '#lib/jobs.ts'
import { notifyLauncher, onLauncherGone, whenDatabaseIsUp } from '#lib/launcher-channel.ts'
import { openLog } from '#lib/log.ts'
import { workerName } from '#lib/pid.ts'
import { openSecrets } from '#lib/secrets.ts'
import type { Heartbeat } from './heartbeat.ts'
import { MachineReport } from './machine-report.ts'
import { openWithRetry } from './open-with-retry.ts'
import { RunningJobs } from './running-jobs.ts'
import { openRuntime, type Runtime } from './runtime.ts'
import { WorkerMetrics } from './worker-metrics.ts'

/** Together less than 20 s: running jobs may finish in the first, the rest is handed back in the second. */
const GRACE_MS = 14_000
const AT_LAST_MS = 19_000

const config = readConfig()
const log = openLog('worker', config.log, config.logFiles)
const paths = dataPathsOf(config.dataDir)
const worker = workerName(process.pid)
const stopping = new AbortController()
const running = new RunningJobs()
const metrics = new WorkerMetrics()
let heartbeat: Heartbeat | undefined
let runtime: Runtime | undefined
let machine: MachineReport | undefined
let reported: Pick<WorkerStatus, 'ready' | 'trouble' | 'sandbox'> | undefined

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
onLauncherGone(stop)

// LibreOffice starts first, because that takes longest; the rest is loaded and the services are asked meanwhile.
const { promise: busyElsewhere, resolve: onStarting } = Promise.withResolvers<void>()
const { observe } = metrics
const folders = { slotsFolder: paths.slots, keptDir: paths.profile }
const runtimeOptions = { ...folders, log, observe, onStarting, onProblem }
const opening = openWithRetry(() => openRuntime(config, runtimeOptions), {
  signal: stopping.signal,
  log,
  onProblem,
})
await Promise.race([busyElsewhere, opening])
const [{ openBackend }, { startMaintenance }, { startHeartbeat }, { followOrders }, { runJob }] =
  await Promise.all([
    import('#lib/backend.ts'),
    import('#lib/maintenance.ts'),
    import('./heartbeat.ts'),
    import('./follow-orders.ts'),
    import('./run-job.ts'),
  ])
const databaseUrl = await whenDatabaseIsUp(config.databaseUrl, stopping.signal)
if (stopping.signal.aborted) {
  await (await opening)?.close()
  process.exit(0)
}
const backend = await openBackend({ ...config, databaseUrl }, log, { observe })
const { jobs, storage } = backend
const activity = async () => ({
  ...running.activity(runtime?.slots),
  ...(await metrics.told()),
  ...machine?.told(),
})
heartbeat = startHeartbeat(jobs, { worker, slots: config.slots, activity }, log)
if (reported) void heartbeat.update(reported)
const maintenance = startMaintenance(backend, log)

runtime = await opening
if (runtime) {
  const secrets = openSecrets(config.dataDir, config)
  const { secret } = secrets
  const context = { ...runtime, jobs, storage, secret, log }
  const run = (attempt: Attempt) => running.during(attempt, watched => runJob(watched, context))
  const consuming = jobs.consume(run, { worker, slots: config.slots })
  const ready = { ready: true, trouble: null, sandbox: runtime.sandbox }
  void report(ready, consuming).then(() => {
    context.startRest()
    void backend.tracing?.tracer()
    machine = new MachineReport(context, secrets)
  })
  const consumer = await consuming
  log.info({ worker, slots: config.slots, sandbox: runtime.sandbox }, 'ready for jobs')
  const orders = followOrders({ jobs, worker, consumer, slots: runtime.slots, heartbeat, log })

  if (!stopping.signal.aborted) await once(stopping.signal, 'abort')
  orders.stop()
  void report({ ready: false, trouble: 'The worker is stopping.' })
  await consumer.stop(GRACE_MS)
  await runtime.close()
}
await maintenance.stop()
await heartbeat.stop()
await backend.close()
process.exit(0)

/** A runtime reports its problems and their end, whether it is open or cannot be opened. */
function onProblem(problem: string | null): void {
  onStarting()
  void report({ ready: problem === null, trouble: problem })
}

/** Resolves when the status is stored, or could not be. What `consuming` rejects with ends the process where it is awaited. */
async function report(
  state: Pick<WorkerStatus, 'ready' | 'trouble' | 'sandbox'>,
  consuming?: Promise<unknown>,
): Promise<void> {
  reported = state
  const stored = heartbeat?.update(state)
  // The launcher then asks `/readyz`, which tells what is stored. A problem is told even where nothing can be stored.
  if (state.ready) await Promise.all([stored, consuming])
  if (!stopping.signal.aborted) notifyLauncher({ type: 'ready', problem: state.trouble })
  await stored
  // From the next report on: what counts is loaded when the worker is ready, or says why it is not.
  metrics.mayLoad()
}

function stop(): void {
  stopping.abort()
  setTimeout(() => process.exit(1), AT_LAST_MS).unref()
}
