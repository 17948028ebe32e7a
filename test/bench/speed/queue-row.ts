import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import type { Attempt } from '#lib/jobs.ts'
import { createDatabase } from '#test/create-database.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import type { RowOptions, SpeedRow } from './row.ts'
import { inTurns, middleOf, ratioOf, sideBySide } from './turns.ts'

const COUNT = 100
const LASTING_MS = 50
const SLOTS = 2
const LEAST = 0.95
const RESULT = { key: 'k', fileName: 'a.pdf', bytes: 1, pages: 1, sha256: 'a' }

/** Waiting jobs that last the same, on two slots, against the same work without a queue. */
export async function queueRow({ rounds }: RowOptions): Promise<SpeedRow[]> {
  const database = await createDatabase({ recorded: false })
  const log = pino({ level: 'silent' })
  const limits = { queueLimit: 10_000, ownerLimit: 10_000, pollSeconds: 2, historyMs: 1e9 }
  const jobs = await openPostgresJobs({ ...limits, url: database.url, log })

  let ran = 0
  let finish = () => {}
  const run = async (attempt: Attempt) => {
    await wait(LASTING_MS)
    await attempt.completeIfStillMine(RESULT)
    if (++ran % COUNT === 0) finish()
  }
  /** From the moment at which the worker may take them until the last one is completed. */
  async function drainMs(): Promise<number> {
    await Promise.all(Array.from({ length: COUNT }, () => jobs.create(newJob())))
    const finished = new Promise<void>(resolve => {
      finish = resolve
    })
    const begun = performance.now()
    const consumer = await jobs.consume(run, { worker: 'bench/1', slots: SLOTS })
    await finished
    const ms = performance.now() - begun
    await consumer.stop(1000)
    return ms
  }

  // Not what a turn takes: that has the creating in it.
  const queued: number[] = []
  const turns = await inTurns(rounds, {
    queue: async () => {
      queued.push(await drainMs())
    },
    work: () => sideBySide(SLOTS, COUNT, () => wait(LASTING_MS)),
  })
  await jobs.close()
  await database.drop()
  const ours = queued.slice(1)
  const details = [
    `ideal ${middleOf(turns.work).toFixed(0)} ms, through the queue ${middleOf(ours).toFixed(0)} ms`,
  ]
  return [
    {
      name: `${COUNT} jobs of ${LASTING_MS} ms on ${SLOTS} slots, of ideal`,
      details,
      value: ratioOf(turns.work, ours),
      atLeast: LEAST,
    },
  ]
}
