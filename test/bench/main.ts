/**
 * The queue's promises, measured: how soon a job starts, how well two slots are used, how soon a browser hears of a
 * change. Raw SQL runs beside it in the same minute, so that the machine's mood cancels out.
 */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { pino } from 'pino'
import { io } from 'socket.io-client'
import { openEventHub } from '#app/event-hub.ts'
import { startLive } from '#app/live.ts'
import { createOwners } from '#app/owners.ts'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import { readConfig } from '#lib/config.ts'
import type { Attempt, Jobs } from '#lib/jobs.ts'
import { createDatabase } from '#test/create-database.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'

const ROUNDS = 200
const RESULT = { key: 'k', fileName: 'a.pdf', bytes: 1, pages: 1, sha256: 'a' }
const log = pino({ level: 'silent' })
const percentile = (values: number[], p: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * p)] ?? 0
const ms = (value: number) => `${value.toFixed(2)} ms`
const row = (what: string, values: number[]) =>
  console.log(`${what.padEnd(46)} p50 ${ms(percentile(values, 0.5))}   p95 ${ms(percentile(values, 0.95))}`)

const database = await createDatabase({ recorded: false })
const options = { queueLimit: 10_000, ownerLimit: 10_000, pollSeconds: 2, historyMs: 1e9, log }
const jobs = await openPostgresJobs({ ...options, url: database.url })

await startLatency()
await drain()
await browserLatency()
await jobs.close()
await database.drop()
await createBesideQueues()

async function startLatency(): Promise<void> {
  const raw = await openRawLoop(database.url)
  const started = new Map<string, (at: number) => void>()
  const consumer = await jobs.consume(
    async attempt => {
      started.get(attempt.job.id)?.(performance.now())
      await attempt.completeIfStillMine(RESULT)
    },
    { worker: 'bench/1', slots: 1 },
  )
  const ours: number[] = []
  const theirs: number[] = []
  for (let n = 0; n < ROUNDS; n++) {
    const job = newJob()
    const start = new Promise<number>(resolve => started.set(job.id, resolve))
    const asked = performance.now()
    await jobs.create(job)
    ours.push((await start) - asked)
    theirs.push(await raw.round())
    await new Promise(resolve => setTimeout(resolve, 5)) // let the completion settle: latency, not throughput
  }
  await consumer.stop(1000)
  await raw.close()
  row('enqueue to worker starts', ours)
  row('raw INSERT + NOTIFY + claim', theirs)
  console.log(`ratio of medians: ${(percentile(ours, 0.5) / percentile(theirs, 0.5)).toFixed(2)}`)
}

/** What the job's start costs at the least: row and message in a transaction, a notice, a claim of both. */
async function openRawLoop(url: string) {
  const [sender, worker, listener] = [new pg.Client(url), new pg.Client(url), new pg.Client(url)]
  await Promise.all([sender, worker, listener].map(client => client.connect()))
  await sender.query(
    'CREATE TABLE raw_job (id uuid PRIMARY KEY, state text); CREATE TABLE raw_message (id bigserial PRIMARY KEY, job_id uuid, state text)',
  )
  await listener.query('LISTEN raw')
  return {
    async round(): Promise<number> {
      const id = randomUUID()
      const claimed = new Promise<number>(resolve => {
        listener.once('notification', async () => {
          await worker.query(
            "UPDATE raw_message SET state = 'active' WHERE id = (SELECT id FROM raw_message WHERE state = 'new' LIMIT 1 FOR UPDATE SKIP LOCKED)",
          )
          await worker.query("UPDATE raw_job SET state = 'running' WHERE id = $1 RETURNING *", [id])
          resolve(performance.now())
        })
      })
      const asked = performance.now()
      await sender.query('BEGIN')
      await sender.query("INSERT INTO raw_job VALUES ($1, 'queued')", [id])
      await sender.query("INSERT INTO raw_message (job_id, state) VALUES ($1, 'new')", [id])
      await sender.query('COMMIT')
      await sender.query("SELECT pg_notify('raw', $1)", [id])
      return (await claimed) - asked
    },
    close: async () => void (await Promise.all([sender, worker, listener].map(client => client.end()))),
  }
}

async function drain(): Promise<void> {
  const [count, lasting, slots] = [100, 50, 2]
  const noop = () => new Promise(done => setTimeout(done, lasting))
  for (let n = 0; n < count; n++) await jobs.create(newJob())
  let left = count
  let finish = () => {}
  const finished = new Promise<void>(resolve => {
    finish = resolve
  })
  const run = async (attempt: Attempt) => {
    await noop()
    await attempt.completeIfStillMine(RESULT)
    if (--left === 0) finish()
  }
  const begin = performance.now()
  const consumer = await jobs.consume(run, { worker: 'bench/2', slots })
  await finished
  const took = performance.now() - begin
  await consumer.stop(1000)
  const ideal = await timed(() => inLanes(slots, count / slots, noop))
  console.log(
    `${`${count} jobs of ${lasting} ms on ${slots} slots`.padEnd(46)} ${ms(took)}, ${(ideal / took).toFixed(2)} of the same work without a queue`,
  )
}

/** One create beside a long queue, one beside a short one, in turns. */
async function createBesideQueues(): Promise<void> {
  const [long, short] = await Promise.all([10_000, 10].map(openWithWaiting))
  if (!long || !short) return
  const beside: Record<'long' | 'short', number[]> = { long: [], short: [] }
  for (let n = 0; n < ROUNDS; n++) {
    const longFirst = n % 2 === 0
    if (longFirst) beside.long.push(await timed(() => long.jobs.create(newJob())))
    beside.short.push(await timed(() => short.jobs.create(newJob())))
    if (!longFirst) beside.long.push(await timed(() => long.jobs.create(newJob())))
  }
  row('create with 10,000 waiting', beside.long)
  row('create with 10 waiting', beside.short)
  console.log(
    `ratio of medians: ${(percentile(beside.long, 0.5) / percentile(beside.short, 0.5)).toFixed(2)}`,
  )
  for (const { jobs, database } of [long, short]) {
    await jobs.close()
    await database.drop()
  }
}

async function openWithWaiting(count: number) {
  const database = await createDatabase({ recorded: false })
  const jobs = await openPostgresJobs({ ...options, url: database.url, queueLimit: 100_000 })
  const wanted = Array.from({ length: count }, () => newJob())
  await Promise.all(wanted.map(job => jobs.create(job)))
  return { jobs, database }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

async function inLanes(lanes: number, each: number, work: () => Promise<unknown>): Promise<void> {
  const lane = async () => {
    for (let n = 0; n < each; n++) await work()
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

async function browserLatency(): Promise<void> {
  const http = createServer()
  const events = await openEventHub(jobs)
  const live = startLive(http, {
    jobs,
    events,
    owners: createOwners('s'.repeat(32), readConfig({})),
    operators: { sessionOf: async () => undefined },
    config: readConfig({}),
    overview: () => Promise.reject(new Error('no operator looks')),
    observe: () => {},
    log,
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const socket = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, { transports: ['websocket'] })
  const heard: number[] = []
  for (let n = 0; n < ROUNDS; n++) heard.push(await cancelHeard(jobs, socket))
  socket.close()
  await live.stop()
  await events.stop()
  row('commit of a state to browser callback', heard)
}

async function cancelHeard(jobs: Jobs, socket: ReturnType<typeof io>): Promise<number> {
  const { job } = await jobs.create(newJob({ maxAttempts: 1 }))
  await socket.emitWithAck('subscribe', { jobIds: [job.id] })
  const heard = new Promise<number>(resolve => {
    const onJob = (now: { id: string; state: string }) => {
      if (now.id !== job.id || now.state === 'queued') return
      socket.off('job', onJob)
      resolve(performance.now())
    }
    socket.on('job', onJob)
  })
  await jobs.cancel(job.id)
  const committed = performance.now()
  return Math.max(0, (await heard) - committed)
}
