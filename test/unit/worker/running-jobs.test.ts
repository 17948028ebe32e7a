import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import type { Attempt } from '#lib/jobs.ts'
import { type Progress, unmeasured } from '#lib/vocabulary/job.ts'
import { until } from '#test/until.ts'
import { RunningJobs } from '#worker/running-jobs.ts'
import { openSlots, type Slots } from '#worker/slots.ts'
import { convertOne, scriptedPool } from './pool/scripted.ts'

const NEVER = new AbortController().signal

/** An attempt of which only the reported progress matters. */
function attemptAt(id: string, reported: Progress[] = []): Attempt {
  const attempt: Pick<Attempt, 'claim' | 'signal' | 'progress'> = {
    claim: 1,
    signal: NEVER,
    progress: progress => void reported.push(progress),
  }
  return { ...attempt, job: { id } } as Attempt
}

it('a worker tells of each process whether it starts, waits or works, at which job, and how far that is', async t => {
  const scratchDir = await mkdtemp(join(tmpdir(), 'nightshift-activity-'))
  const [going, closing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const { pool, made } = scriptedPool(
    scratchDir,
    { start: ({ isUnproven }) => (isUnproven ? undefined : closing.promise), convert: () => going.promise },
    { slots: 1 },
  )
  t.after(async () => {
    closing.resolve()
    await pool.stop()
    await rm(scratchDir, { recursive: true })
  })
  await pool.startOne()
  void pool.start()
  const jobs = new RunningJobs()
  const states = () => jobs.activity(pool.slots).engines.map(({ state, documents }) => [state, documents])
  await until('a spare', () => states().length === 2)
  assert.deepEqual(states(), [
    ['idle', 0],
    ['starting', 0],
  ])

  const reported: Progress[] = []
  const run = jobs.during(attemptAt('job-1', reported), async attempt => {
    attempt.progress(unmeasured('loading'))
    await convertOne(pool, { jobId: attempt.job.id })
  })
  await until('it converts', () => made[0]?.heard.length === 1)
  const [busy, spare] = jobs.activity(pool.slots).engines
  assert.deepEqual([busy?.state, busy?.jobId, busy?.progress], ['busy', 'job-1', unmeasured('loading')])
  assert.deepEqual([spare?.jobId, spare?.progress], [undefined, undefined])
  assert.deepEqual(reported, [unmeasured('loading')])

  going.resolve()
  await run
  assert.deepEqual(states()[0], ['idle', 1])
  assert.equal(jobs.activity(pool.slots).engines[0]?.jobId, undefined)
})

it('a worker with a process for each file tells of the slots in use', async t => {
  const scratchDir = await mkdtemp(join(tmpdir(), 'nightshift-activity-'))
  t.after(() => rm(scratchDir, { recursive: true }))
  const slots: Slots = await openSlots(scratchDir, 2, { adopt: async () => {} })
  const jobs = new RunningJobs()
  await slots.use(
    async () => {
      const [engine, ...others] = jobs.activity(slots).engines
      assert.deepEqual([engine?.state, engine?.jobId, others], ['busy', 'job-2', []])
    },
    { jobId: 'job-2' },
  )
  assert.deepEqual(jobs.activity(slots).engines, [])
})

it('before it has an engine a worker tells where it runs and since when', () => {
  const { host, startedAt, engines } = new RunningJobs().activity(undefined)
  assert.deepEqual([host, engines], [hostname(), []])
  assert.ok(Date.parse(startedAt) <= Date.now())
})
