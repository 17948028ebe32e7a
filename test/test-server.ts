import { mkdtemp, rm } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import pg from 'pg'
import { pino } from 'pino'
import { createApi } from '#app/api.ts'
import { routeTo } from '#app/base-path.ts'
import { openEventHub } from '#app/event-hub.ts'
import { createHttp } from '#app/http.ts'
import { startLive } from '#app/live.ts'
import { WebMetrics } from '#app/metrics.ts'
import { createOperators } from '#app/operators.ts'
import { createOverview } from '#app/overview/read-overview.ts'
import { createOwners, OWNER_TOKEN_HEADER } from '#app/owners.ts'
import { webChecks } from '#app/web-checks.ts'
import { openFiles } from '#lib/backend/files.ts'
import { openMemoryJobs } from '#lib/backend/memory-jobs.ts'
import { tracingFor } from '#lib/backend/tracing-for.ts'
import { readConfig } from '#lib/config.ts'
import { systemClock } from '#lib/jobs/clock.ts'
import { type Attempt, type JobResult, type Jobs, resultKey } from '#lib/jobs.ts'
import { MemoryMessages } from '#lib/queues/memory-queue/memory-messages.ts'
import { createMemoryQueue } from '#lib/queues/memory-queue.ts'
import { auditInLog } from '#lib/records/audit.ts'
import { openMemoryEndedSessions } from '#lib/records/ended-sessions.ts'
import { openPresets } from '#lib/records/presets.ts'
import { openMemoryScheduleRuns } from '#lib/records/schedule-runs.ts'
import type { ObjectStore } from '#lib/storage.ts'

export const ADMIN_TOKEN = 'token-of-the-operator'
export const SECRET = 's'.repeat(32)

/** The headers of a program that got the right to this job with its creation. */
export const rightsTo = (id: string): Record<string, string> => ({
  [OWNER_TOKEN_HEADER]: createOwners(SECRET, readConfig({})).tokenFor(id),
})

/** The web process without pages: real HTTP, sockets and storage, jobs in memory. */
export async function startTestServer(environment: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-counter-'))
  const { jobs, storage, spool, ...first } = await openRoutes(folder, environment)
  let endpoints: Pick<Awaited<ReturnType<typeof openRoutes>>, 'url' | 'close'> = first
  return {
    get url() {
      return endpoints.url
    },
    jobs,
    storage,
    spool,
    folder,
    /** Forgets all that its memory held but the jobs, as a new process would. */
    async restart(changes: Record<string, string> = {}) {
      await endpoints.close()
      endpoints = await openRoutes(folder, { ...environment, ...changes }, jobs)
    },
    async close() {
      await endpoints.close()
      await jobs.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function openRoutes(folder: string, environment: Record<string, string>, kept?: Jobs) {
  const config = readConfig({ ...environment, DATA_DIR: folder })
  const log = pino({ level: 'silent' })
  const { storage, spool } = await openFiles(config, log)
  const { queueLimit, ownerWaiting: ownerLimit, historyMs } = config
  const metrics = new WebMetrics(Promise.resolve())
  const { observe } = metrics
  const tracing = tracingFor(config, log)
  const limits = { queueLimit, ownerLimit, historyMs }
  const jobs = kept ?? openMemoryJobs({ ...limits, observe, ...(tracing && { tracing }) })
  const maintenanceQueue = createMemoryQueue(new MemoryMessages(), systemClock)
  const scheduleRuns = openMemoryScheduleRuns()
  const overview = createOverview({ jobs, storage, statistics: null, scheduleRuns, config })
  const owners = createOwners(SECRET, config)
  const tokens = { ...config, adminToken: ADMIN_TOKEN, secret: SECRET }
  const operators = createOperators(tokens, openMemoryEndedSessions())
  const audit = auditInLog(log)
  const events = await openEventHub(jobs)
  const pool = new pg.Pool({ connectionString: config.databaseUrl }) // connects only where a test asks for presets
  const presets = openPresets(pool)
  const stopping = new AbortController()
  const api = createApi({
    jobs,
    storage,
    spool,
    presets,
    events,
    config,
    owners,
    operators,
    audit,
    maintenanceQueue,
    scheduleRuns,
    metrics,
    tracing,
    checks: () =>
      webChecks({ config, jobs, scheduleRuns, secrets: { secret: SECRET, adminToken: ADMIN_TOKEN } }),
    secret: SECRET,
    stopping: stopping.signal,
    log,
  })
  const pages: RequestListener = (request, response) => {
    const isHome = request.url?.split('?')[0] === (config.basePath || '/')
    if (isHome) owners.ensureOwnerCookie(request, response)
    response.writeHead(isHome ? 200 : 404).end()
  }
  const http = createHttp(routeTo({ api, pages }, config.basePath), config.basePath)
  const live = startLive(http, { jobs, events, owners, operators, config, overview, observe, log })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  return {
    url,
    jobs,
    storage,
    spool,
    async close() {
      stopping.abort()
      http.closeIdleConnections()
      await live.stop()
      await events.stop()
      await pool.end()
    },
  }
}

export interface SendOptions {
  path?: string
  fields?: Record<string, string>
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** Sends a file as a form, as a browser or curl would. */
export async function send(
  url: string,
  file: { name: string; bytes: Buffer },
  options: SendOptions = {},
): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of Object.entries(options.fields ?? {})) form.set(name, value)
  form.set('file', new Blob([new Uint8Array(file.bytes)]), file.name)
  const { path = '/api/jobs', headers, signal } = options
  return fetch(url + path, { method: 'POST', body: form, headers: headers ?? {}, signal: signal ?? null })
}

/** Puts bytes where a worker would, and publishes them. */
export async function publish(storage: ObjectStore, attempt: Attempt, bytes: Buffer): Promise<JobResult> {
  const key = resultKey(attempt.job.id, attempt.claim)
  const result = {
    key,
    fileName: 'deck.pdf',
    pages: 3,
    ...(await storage.write(key, Readable.from([bytes]))),
  }
  await attempt.completeIfStillMine(result)
  return result
}

/** A crew that gives every job the same bytes. */
export function workWith(jobs: Jobs, storage: ObjectStore, bytes: Buffer) {
  return jobs.consume(async attempt => void (await publish(storage, attempt, bytes)), {
    worker: 'test/1',
    slots: 1,
  })
}
