/**
 * What a scrape of `/metrics` takes: its own work, with the database's figures new and cached, beside 1,000 waiting jobs
 * and 8 workers that report 3 processes each. It must not take longer than 10 ms. Option: `--scrapes N` (200).
 */
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openBackend } from '#lib/backend.ts'
import { readConfig } from '#lib/config.ts'
import { openLog } from '#lib/log.ts'
import { createWorkMetrics } from '#lib/metrics/work-metrics.ts'
import { packTotals } from '#lib/metrics/work-totals.ts'
import type { EngineActivity } from '#lib/worker-activity.ts'
import { createDatabase } from '#test/create-database.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import { samplesOf } from '#test/metric-samples.ts'
import { startWeb } from '#test/web.ts'

const [JOBS, WORKERS, ENGINES] = [1000, 8, 3]
const MOST_MS = 10
/** The figures of the database are cached for a second. */
const NEW_FIGURES_AFTER_MS = 1100
const REPORT_EVERY_MS = 5000
const ADMIN_TOKEN = 'token-of-the-operator'

const { values: flags } = parseArgs({ options: { scrapes: { type: 'string', default: '200' } } })
const database = await createDatabase({ recorded: false })
const dataDir = process.env.TMPDIR ?? '/tmp'
const settings = {
  DATABASE_URL: database.url,
  DATA_DIR: dataDir,
  QUEUE_LIMIT: '10000',
  OWNER_WAITING: '10000',
}
const backend = await openBackend(readConfig(settings), openLog('bench', { level: 'silent', format: 'json' }))
const web = await startWeb({ dataDir, databaseUrl: database.url, env: { ADMIN_TOKEN, LOG_LEVEL: 'silent' } })
await fill()
const reporting = setInterval(() => void report(), REPORT_EVERY_MS)
await report()
await measure()
clearInterval(reporting)
await web.end()
await backend.close()
await database.drop()

async function fill(): Promise<void> {
  for (let n = 0; n < JOBS; n++) await backend.jobs.create(newJob())
}

async function report(): Promise<void> {
  const counted = createWorkMetrics('worker')
  for (const waitedS of [0.1, 1, 10]) counted.record({ type: 'started', waitedS })
  counted.record({ type: 'failed', code: 'cpu_limit', isDead: false })
  const totals = packTotals(await counted.registry.getMetricsAsJSON())
  const startedAt = new Date().toISOString()
  const engine: EngineActivity = { state: 'idle', pid: 1, startedAt, documents: 3, memoryBytes: 3e8 }
  const activity = {
    host: 'bench',
    startedAt,
    engines: Array.from({ length: ENGINES }, () => engine),
    totals,
  }
  for (let n = 0; n < WORKERS; n++)
    await backend.jobs.heartbeat({ worker: `bench/${n}`, slots: 2, ready: true, trouble: null, activity })
}

async function measure(): Promise<void> {
  const scrapes = Number(flags.scrapes)
  for (let n = 0; n < 20; n++) await scrape()
  const cached: number[] = []
  const usedS = await processorTimeS()
  for (let n = 0; n < scrapes; n++) cached.push(await scrape())
  const cpuMs = (((await processorTimeS()) - usedS) * 1000) / scrapes
  const fresh: number[] = []
  for (let n = 0; n < scrapes / 20; n++) {
    await sleep(NEW_FIGURES_AFTER_MS)
    fresh.push(await scrape())
  }
  console.log(`a scrape beside ${JOBS} waiting jobs and ${WORKERS} workers, in milliseconds:`)
  console.log(`  figures cached   p50 ${quantile(cached, 0.5)}   p95 ${quantile(cached, 0.95)}`)
  console.log(`  figures new      p50 ${quantile(fresh, 0.5)}   p95 ${quantile(fresh, 0.95)}`)
  console.log(`  processor time of the web process for each: ${cpuMs.toFixed(2)} ms`)
  if (Number(quantile(fresh, 0.5)) > MOST_MS) process.exitCode = 1
}

async function read(): Promise<string> {
  const answer = await fetch(`${web.url}/metrics`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })
  if (!answer.ok) throw new Error(`a scrape was answered with ${answer.status}`)
  return answer.text()
}

/** How long one took, in milliseconds. */
async function scrape(): Promise<number> {
  const began = performance.now()
  await read()
  return performance.now() - began
}

/** What the web process has used so far, in seconds. */
async function processorTimeS(): Promise<number> {
  return samplesOf(await read()).get('process_cpu_seconds_total') ?? 0
}

function quantile(values: readonly number[], q: number): string {
  return (values.toSorted((a, b) => a - b)[Math.floor(values.length * q)] ?? 0).toFixed(2)
}
