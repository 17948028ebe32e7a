/** The web process: only wiring. */
import type { RequestListener } from 'node:http'
import { openBackend } from '#lib/backend.ts'
import { cachedFor } from '#lib/cached-for.ts'
import { readConfig, readSettings } from '#lib/config.ts'
import { notifyLauncher, onLauncherGone, whenDatabaseIsUp, whenStarted } from '#lib/launcher-channel.ts'
import { openLog } from '#lib/log.ts'
import { startMaintenance } from '#lib/maintenance.ts'
import { openSecrets } from '#lib/secrets.ts'
import { sendWebhook } from '#lib/webhooks/send-webhook.ts'
import { atAdminDoor } from './admin-door.ts'
import { createApi } from './api.ts'
import { routeTo } from './base-path.ts'
import { answersLanguageChoice } from './chosen-language.ts'
import { openEventHub } from './event-hub.ts'
import { createHttp } from './http.ts'
import { leadAwayIfUnknown } from './job-page-address.ts'
import { startLive } from './live.ts'
import { WebMetrics } from './metrics.ts'
import { createOperators } from './operators.ts'
import { createOverview } from './overview/read-overview.ts'
import { createOwners } from './owners.ts'
import { provideBackend } from './page-backend.ts'
import { createPageFiles } from './page-files.ts'
import { loadNext, openPageServer } from './page-server.ts'
import { webChecks } from './web-checks.ts'

/**
 * A frozen database keeps its connections open without answering; a request waits no longer than this, in milliseconds.
 */
const DATABASE_DEADLINE_MS = 5_000

/** So long the same checks serve everybody who asks, in milliseconds. */
const CHECKS_SERVE_MS = 2_000

const config = readConfig()
const log = openLog('web', config.log, config.logFiles)
const secrets = openSecrets(config.dataDir, config)
const gone = new AbortController()
onLauncherGone(() => gone.abort())
const owners = createOwners(secrets.secret, config)

// Before anything is awaited: a restarted process is told both at once.
const started = whenStarted(gone.signal)
const metrics = new WebMetrics(started)
const { observe } = metrics
const databaseUrl = await whenDatabaseIsUp(config.databaseUrl, gone.signal)
if (gone.signal.aborted) process.exit(0)
const backend = await openBackend({ ...config, databaseUrl }, log, {
  deadlineMs: DATABASE_DEADLINE_MS,
  observe,
})
const operators = createOperators({ ...config, ...secrets }, backend.endedSessions)
const overview = createOverview({ ...backend, config })
const checks = cachedFor(CHECKS_SERVE_MS, () =>
  webChecks({ ...backend, config: { ...config, databaseUrl }, secrets }),
)
provideBackend({
  ...backend,
  config,
  settings: readSettings(config),
  owners,
  operators,
  overview,
  checks,
})
const pages = openPageServer(() => loadNext(config), log)
const events = await openEventHub(backend.jobs)
const stopping = new AbortController()
const serveApi = createApi({
  ...backend,
  events,
  config,
  owners,
  operators,
  metrics,
  checks,
  secret: secrets.secret,
  stopping: stopping.signal,
  log,
})

const pageFiles = createPageFiles(config.basePath)
const pageDoor: RequestListener = async (request, response) => {
  const file = pageFiles(request.url ?? '')
  if (file) return file(request, response)
  if (answersLanguageChoice(request, response, config)) return
  const door = await atAdminDoor(request, response, { operators, basePath: config.basePath })
  if (door === 'answered') return
  if (door === 'public') owners.ensureOwnerCookie(request, response)
  // A job's URL gives access to its file, so it must not reach another site by a referrer or a frame.
  response.setHeader('Referrer-Policy', 'same-origin')
  response.setHeader('X-Frame-Options', 'DENY')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  await leadAwayIfUnknown(request, { jobs: backend.jobs, config })
  pages.serve(request, response)
}
const http = createHttp(routeTo({ api: serveApi, pages: pageDoor }, config.basePath), config.basePath)

const live = startLive(http, {
  jobs: backend.jobs,
  events,
  owners,
  operators,
  config,
  overview,
  observe,
  log,
})
const maintenance = startMaintenance(backend, log)
const watching = config.watchRoot === undefined ? undefined : await watchFolders(config.watchRoot)
const webhooks = await backend.jobs.deliverWebhooks(event =>
  sendWebhook(event, {
    jobs: backend.jobs,
    secret: secrets.secret,
    basePath: config.basePath,
    allowPrivate: config.webhookAllowPrivate,
  }),
)

http.listen(config.port, config.host, () => {
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host
  const own = `http://${host}:${config.port}`
  const { origin } = new URL(config.publicUrl ?? own)
  const url = origin + config.basePath
  log.info(`listening on ${url}`)
  notifyLauncher({ type: 'listening', url })
  void started.then(() => (gone.signal.aborted ? undefined : pages.warmUp(own + config.basePath)))
  void started.then(() => backend.tracing?.tracer())
})

/** Loaded only where folders are watched. */
async function watchFolders(root: string) {
  const { startWatching } = await import('./watch/start-watching.ts')
  return startWatching(root, { ...backend, config, secret: secrets.secret, log })
}

async function stop(): Promise<void> {
  if (stopping.signal.aborted) return
  stopping.abort()
  setTimeout(() => http.closeAllConnections(), 5_000).unref()
  await live.stop()
  await events.stop()
  await maintenance.stop()
  await watching?.stop()
  await webhooks.stop()
  await pages.close()
  await backend.close()
  process.exit(0)
}

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
if (gone.signal.aborted) void stop()
else gone.signal.addEventListener('abort', () => void stop())
