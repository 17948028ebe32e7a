/**
 * A list of hundreds of live rows, measured in Chromium: how long the page's main thread is held up while it appears, and
 * while twenty ticks a second arrive and somebody scrolls. The rows are real jobs of one drop on an instance whose
 * LibreOffice is stopped; the ticks come as a worker's do, over the database and the socket. Options: `--rows`,
 * `--seconds`.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { CDPSession, Page } from 'playwright-core'
import { type EventPublisher, openEventPublisher } from '#lib/jobs/buses/postgres-bus/event-publisher.ts'
import { openLog } from '#lib/log.ts'
import { measured } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { openBrowser } from '#test/browser.ts'
import { freezeOffices } from '#test/offices.ts'
import { clearAway, makeDataDir, startInstance } from '#test/test-instance.ts'
import { until } from '#test/until.ts'

/** The longest that the page may be held up, in milliseconds. */
const MOST_MS = 100
const TICKS_PER_SECOND = 20
/** So many rows are seen at once; they get every second tick. */
const SEEN = 6
/** Chromium reports tasks from this length on, in milliseconds. */
const LONG_MS = 50
const SLOTS = 1

const { values: flags } = parseArgs({
  options: { rows: { type: 'string', default: '500' }, seconds: { type: 'string', default: '10' } },
})
const rows = Number(flags.rows)
const instance = await startInstance({
  dataDir: makeDataDir(),
  recorded: false,
  env: {
    SLOTS: String(SLOTS),
    STALL_LIMIT_S: '3600',
    OWNER_WAITING: String(rows),
    QUEUE_LIMIT: String(rows),
  },
})
const browser = await openBrowser()
try {
  await instance.ready()
  const goOn = await freezeOffices(instance, SLOTS)
  await measure()
  goOn()
} finally {
  await browser.close()
  await instance.end('SIGTERM')
  await clearAway(instance.dataDir)
}
process.exit()

async function measure(): Promise<void> {
  const page = await browser.newPage()
  await page.addInitScript(() => {
    const tasks: Task[] = []
    new PerformanceObserver(list => tasks.push(...list.getEntries())).observe({
      type: 'longtask',
      buffered: true,
    })
    Object.assign(globalThis, { tasks })
  })
  await page.goto(instance.url)
  const jobs = await dropFiles(page)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await page.reload()
  const shownAt = await whenAllAreShown(page)
  console.log(`${rows} rows are shown after ${(shownAt / 1000).toFixed(2)} s`)
  const before = await tasksOf(page)
  tell('while they appear', before)
  const { busyMs, heapMb } = await used(session)
  await runTicks(page, jobs)
  const after = await used(session)
  const during = (await tasksOf(page)).slice(before.length)
  tell(`while ${TICKS_PER_SECOND} ticks a second arrive`, during)
  const share = (after.busyMs - busyMs) / (Number(flags.seconds) * 1000)
  console.log(`the main thread is busy for ${(share * 100).toFixed(0)} % of that time`)
  console.log(`memory of the scripts: ${heapMb.toFixed(1)} MB before, ${after.heapMb.toFixed(1)} MB after`)
}

interface Task {
  /** Both in milliseconds. */
  startTime: number
  duration: number
}

/** Real jobs of the browser's owner, in one batch. */
async function dropFiles(page: Page): Promise<Snapshot[]> {
  const form = new FormData()
  for (let n = 0; n < rows; n++) form.append('file', new Blob([`This is letter ${n}.`]), `Letter ${n}.txt`)
  const [cookie] = await page.context().cookies()
  const headers = { Cookie: `${cookie?.name}=${cookie?.value}` }
  const answer = await fetch(`${instance.url}/api/batches`, { method: 'POST', body: form, headers })
  if (!answer.ok) throw new Error(`the files were refused: ${await answer.text()}`)
  const { items }: { items: { job: Snapshot | null }[] } = await answer.json()
  return items.flatMap(({ job }) => (job ? [job] : []))
}

/** In milliseconds since the page was asked for. */
async function whenAllAreShown(page: Page): Promise<number> {
  const shown = await page.waitForFunction(
    all => document.querySelectorAll('li[data-state]').length === all && performance.now(),
    rows,
    // Nothing is measured by this limit.
    { polling: 20, timeout: 120_000 },
  )
  return Number(await shown.jsonValue())
}

function tasksOf(page: Page): Promise<Task[]> {
  return page.evaluate(() =>
    (globalThis as unknown as { tasks: Task[] }).tasks.map(({ startTime, duration }) => ({
      startTime,
      duration,
    })),
  )
}

/** Every second tick is of a row in sight, the others go through all. */
async function runTicks(page: Page, jobs: readonly Snapshot[]): Promise<void> {
  const { databaseUrl } = instance.instance()
  const publisher = openEventPublisher(
    databaseUrl ?? '',
    openLog('bench', { level: 'warn', format: 'pretty' }),
  )
  const all = TICKS_PER_SECOND * Number(flags.seconds)
  const began = performance.now()
  for (let n = 0; n < all; n++) {
    publishTick(publisher, jobs[n % 2 === 0 ? n % SEEN : n % jobs.length], n)
    if (n > all / 2 && n % 5 === 0) await page.mouse.wheel(0, 400)
    await wait(Math.max(0, began + ((n + 1) * 1000) / TICKS_PER_SECOND - performance.now()))
  }
  await publisher.close()
  const isThere = () => page.evaluate(() => document.querySelectorAll('li[data-state="running"]').length)
  const expected = new Set(Array.from({ length: all }, (_, n) => (n % 2 === 0 ? n % SEEN : n % jobs.length)))
  await until('all ticks have arrived', async () => (await isThere()) >= expected.size)
}

/** As of a worker that has just claimed the job. */
function publishTick(publisher: EventPublisher, job: Snapshot | undefined, n: number): void {
  if (!job) throw new RangeError('there are fewer jobs than rows')
  const { id, version } = job
  publisher.publish({
    type: 'progress',
    id,
    version: version + 1,
    tick: n + 1,
    progress: measured('exporting', n % 100),
  })
}

async function used(session: CDPSession): Promise<{ busyMs: number; heapMb: number }> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string) => metrics.find(metric => metric.name === name)?.value ?? Number.NaN
  return { busyMs: of('TaskDuration') * 1000, heapMb: of('JSHeapUsedSize') / 1_000_000 }
}

function tell(when: string, tasks: readonly Task[]): void {
  const durations = tasks.map(({ duration }) => duration)
  const longer = (ms: number) => durations.filter(duration => duration > ms).length
  const longest = Math.max(0, ...durations)
  const isReached = longest <= MOST_MS
  const said = longest === 0 ? `under ${LONG_MS} ms` : `${longest.toFixed(0)} ms`
  const counts = `${longer(LONG_MS)} over ${LONG_MS} ms, ${longer(MOST_MS)} over ${MOST_MS} ms`
  console.log(
    `${when}: longest task ${said} (at most ${MOST_MS} ms); ${counts}${isReached ? '' : ', NOT reached'}`,
  )
  if (!isReached) process.exitCode = 1
}
