/**
 * The queues beside each other: how soon a job starts, in turns with pg-boss in the same minute, and how well two slots
 * are used beside the same work without a queue. Option: `--azure` measures Azure Storage by Azurite, too, which is
 * installed for it.
 */
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import type { Attempt, Jobs } from '#lib/jobs.ts'
import type { Queue } from '#lib/queue.ts'
import { openAzureQueue } from '#lib/queues/azure-queue.ts'
import { openRabbitmqQueue } from '#lib/queues/rabbitmq-queue.ts'
import { ensureAzurite } from '#test/azurite/azurite-folder.ts'
import { openAzurite } from '#test/azurite.ts'
import { createDatabase } from '#test/create-database.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import { RabbitmqBroker } from '#test/rabbitmq-broker.ts'

const ROUNDS = 200
/** The work of the drain: jobs, their milliseconds and the slots. */
const [COUNT, LASTING_MS, SLOTS] = [100, 50, 2]
/** What the slots of RabbitMQ must reach, and how much later than by pg-boss its jobs may start. */
const [MOST_OF_IDEAL, LATEST] = [0.93, 1.5]
const RESULT = { key: 'k', fileName: 'a.pdf', bytes: 1, pages: 1, sha256: 'a' }
const log = pino({ level: 'silent' })

interface Contender {
  jobs: Jobs
  close(): Promise<void>
}

interface OpenedQueue {
  queue?: Queue
  close(): Promise<void>
}

const { values: flags } = parseArgs({ options: { azure: { type: 'boolean', default: false } } })
const pgBoss = await open({ close: async () => {} })
await drain('pg-boss', pgBoss)
await compare('RabbitMQ', await openRabbitmq())
if (flags.azure) await compare('Azure Storage', await openAzure())
await pgBoss.close()

async function compare(name: string, opened: OpenedQueue): Promise<void> {
  const contender = await open(opened)
  const [first, second] = await startsOf([pgBoss, contender])
  const [ours, theirs] = [median(second ?? []), median(first ?? [])]
  const ratio = ours / theirs
  console.log(
    `${name}: a job starts after ${ours.toFixed(2)} ms (p50), by pg-boss after ${theirs.toFixed(2)} ms: ${ratio.toFixed(2)} times`,
  )
  const share = await drain(name, contender)
  await contender.close()
  if (name === 'RabbitMQ' && (ratio > LATEST || share < MOST_OF_IDEAL)) process.exitCode = 1
}

async function open({ queue, close }: OpenedQueue): Promise<Contender> {
  const database = await createDatabase({ recorded: false })
  const limits = { queueLimit: 10_000, ownerLimit: 10_000 }
  const jobs = await openPostgresJobs({
    ...limits,
    url: database.url,
    pollSeconds: 2,
    historyMs: 1e9,
    queue,
    log,
  })
  return {
    jobs,
    async close() {
      await jobs.close()
      await close()
      await database.drop()
    },
  }
}

async function openRabbitmq(): Promise<OpenedQueue> {
  const broker = await RabbitmqBroker.open()
  return { queue: await openRabbitmqQueue({ url: broker.url, log }), close: () => broker.close() }
}

async function openAzure(): Promise<OpenedQueue> {
  await ensureAzurite()
  const azurite = await openAzurite()
  const { connectionString } = azurite
  const queue = await openAzureQueue({ connectionString, prefix: 'bench', pollSeconds: 2, log })
  return { queue, close: () => azurite.close() }
}

/** From create to start in milliseconds, of each contender in turns. */
async function startsOf(contenders: readonly Contender[]): Promise<number[][]> {
  const started = new Map<string, (at: number) => void>()
  const run = async (attempt: Attempt) => {
    started.get(attempt.job.id)?.(performance.now())
    await attempt.completeIfStillMine(RESULT)
  }
  const consumers = await Promise.all(
    contenders.map(({ jobs }, n) => jobs.consume(run, { worker: `bench/${n}`, slots: 1 })),
  )
  const times = contenders.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++)
    for (const [n, { jobs }] of contenders.entries()) {
      const job = newJob()
      const start = new Promise<number>(resolve => started.set(job.id, resolve))
      const asked = performance.now()
      await jobs.create(job)
      times[n]?.push((await start) - asked)
      await pause(5) // Lets the completion settle: latency, not throughput.
    }
  await Promise.all(consumers.map(consumer => consumer.stop(1000)))
  return times
}

/** Returns how fast it was beside the same work without a queue. */
async function drain(name: string, { jobs }: Contender): Promise<number> {
  for (let n = 0; n < COUNT; n++) await jobs.create(newJob())
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>()
  let left = COUNT
  const run = async (attempt: Attempt) => {
    await pause(LASTING_MS)
    await attempt.completeIfStillMine(RESULT)
    if (--left === 0) finish()
  }
  const began = performance.now()
  const consumer = await jobs.consume(run, { worker: 'bench/drain', slots: SLOTS })
  await finished
  const took = performance.now() - began
  await consumer.stop(1000)
  const share = (await workAlone()) / took
  console.log(
    `${name}: ${COUNT} jobs of ${LASTING_MS} ms on ${SLOTS} slots, ${share.toFixed(2)} of the same work without a queue`,
  )
  return share
}

/** How long the work of the drain takes without a queue, in milliseconds. */
async function workAlone(): Promise<number> {
  const began = performance.now()
  const lane = async () => {
    for (let n = 0; n < COUNT / SLOTS; n++) await pause(LASTING_MS)
  }
  await Promise.all(Array.from({ length: SLOTS }, lane))
  return performance.now() - began
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
