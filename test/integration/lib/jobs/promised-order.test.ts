import assert from 'node:assert/strict'
import { it, type TestContext } from 'node:test'
import { pino } from 'pino'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import { createJobs } from '#lib/jobs/create-jobs.ts'
import type { Attempt, Jobs } from '#lib/jobs.ts'
import { createDatabase } from '#test/create-database.ts'
import { withoutPriorities } from '#test/unordered-queue.ts'
import { until } from '#test/until.ts'
import { newJob, result } from './jobs-conformance/suite.ts'
import { createMemoryPorts } from './memory-ports.ts'

/** Three owners with 30, 5 and 1 jobs, mixed; some jobs of the first two come while others run. */
const AT_FIRST = [...'aaaabaaaaa', ...'aabaaaaaab', ...'aaaaa']
const LATER: Record<number, string[]> = {
  3: ['a', 'b', 'a', 'c'],
  6: ['b', 'a', 'a', 'a', 'a'],
  9: ['a', 'a'],
}
const ALL = AT_FIRST.length + Object.values(LATER).flat().length

async function openPostgres(t: TestContext): Promise<Jobs> {
  const database = await createDatabase()
  const limits = { queueLimit: 100, ownerLimit: 100, pollSeconds: 1, historyMs: 1e9 }
  const jobs = await openPostgresJobs({ ...limits, url: database.url, log: pino({ level: 'silent' }) })
  t.after(() => jobs.close().finally(database.drop))
  return jobs
}

async function openUnordered(): Promise<Jobs> {
  const ports = createMemoryPorts()
  return createJobs({ ...ports, queue: withoutPriorities(ports.queue) })
}

const backEnds = { 'pg-boss': openPostgres, 'a queue without priorities': openUnordered }

for (const [name, open] of Object.entries(backEnds))
  it(`jobs of three owners start in the order that positions promise, by ${name}`, async t => {
    const jobs = await open(t)
    const order = async () => [...(await jobs.queuePositions()).keys()]
    const create = async (owner: string) => (await jobs.create(newJob({ owner }))).job.id
    for (const owner of AT_FIRST) await create(owner)
    let single = ''
    let promised = await order()
    const started: string[] = []
    const kept: [promised: string | undefined, started: string][] = []

    async function run(attempt: Attempt): Promise<void> {
      kept.push([promised[0], attempt.job.id])
      for (const owner of LATER[started.push(attempt.job.id)] ?? []) {
        const id = await create(owner)
        if (owner !== 'c') continue
        single = id
        assert.ok((await order()).indexOf(id) <= 2, 'one of each other owner is before it')
      }
      const now = await order()
      if (!(started.length in LATER)) assert.deepEqual(now, promised.slice(1))
      promised = now
      await attempt.completeIfStillMine(result(attempt))
    }

    const consumer = await jobs.consume(run, { worker: 'host/1', slots: 1 })
    t.after(() => consumer.stop(0))
    await until('all have started', () => started.length === ALL)
    assert.deepEqual(
      kept.filter(([promise, start]) => promise !== start),
      [],
    )
    assert.ok(started.indexOf(single) <= 5, `the single job was start ${started.indexOf(single)}`)
  })
