import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import type { Jobs } from '#lib/jobs.ts'
import { openSqsQueue } from '#lib/queues/sqs-queue.ts'
import { createDatabase } from '#test/create-database.ts'
import { openFauxqs } from '#test/fauxqs.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import { spreadOf } from './spread.ts'

const ROUNDS = 200
/** How much later than by pg-boss a job may start. */
const LATEST = 3
const RESULT = { key: 'k', fileName: 'a.pdf', bytes: 1, pages: 1, sha256: 'a' }
const log = pino({ level: 'silent' })
const OPTIONS = { queueLimit: 10_000, ownerLimit: 10_000, pollSeconds: 2, historyMs: 1e9, log }

/** From create to start over SQS and over pg-boss, in turns. */
export async function measureStarts(): Promise<boolean> {
  const databases = [await createDatabase({ recorded: false }), await createDatabase({ recorded: false })]
  const [ofBoss = '', ofSqs = ''] = databases.map(({ url }) => url)
  const fauxqs = await openFauxqs()
  const queue = await openSqsQueue({ ...fauxqs.client, prefix: 'bench', waitSeconds: 1, log })
  const contenders = [
    await openPostgresJobs({ ...OPTIONS, url: ofBoss }),
    await openPostgresJobs({ ...OPTIONS, url: ofSqs, queue }),
  ]
  const [boss, sqs] = (await startsInTurns(contenders)).map(spreadOf)
  for (const jobs of contenders) await jobs.close()
  await fauxqs.close()
  for (const database of databases) await database.drop()
  if (!boss || !sqs) return false
  const ratio = sqs.p50 / boss.p50
  console.log(`create to start: SQS ${sqs.text}; pg-boss ${boss.text}; ${ratio.toFixed(2)} times`)
  return ratio <= LATEST
}

/** The times of each in milliseconds. */
async function startsInTurns(contenders: readonly Jobs[]): Promise<number[][]> {
  const lanes = await Promise.all(contenders.map(openLane))
  for (let round = 0; round < ROUNDS; round++) for (const lane of lanes) await lane.round()
  for (const lane of lanes) await lane.stop()
  return lanes.map(({ times }) => times)
}

async function openLane(jobs: Jobs) {
  const times: number[] = []
  let started: (at: number) => void = () => {}
  const consumer = await jobs.consume(
    async attempt => {
      started(performance.now())
      await attempt.completeIfStillMine(RESULT)
    },
    { worker: 'bench/1', slots: 1 },
  )
  return {
    times,
    async round() {
      const start = new Promise<number>(resolve => {
        started = resolve
      })
      const asked = performance.now()
      await jobs.create(newJob())
      times.push((await start) - asked)
      await pause(5) // Lets the completion settle: latency, not throughput.
    },
    stop: () => consumer.stop(1000),
  }
}
