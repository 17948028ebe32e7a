import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { it, type TestContext } from 'node:test'
import { pino } from 'pino'
import { openFiles } from '#lib/backend/files.ts'
import { newMemoryState, openMemoryJobs } from '#lib/backend/memory-jobs.ts'
import { readConfig } from '#lib/config.ts'
import { systemClock } from '#lib/jobs/clock.ts'
import type { JobFact } from '#lib/jobs/job-fact.ts'
import { type Attempt, JOBS_PREFIX, resultKey } from '#lib/jobs.ts'
import { type SelfCheckStep, selfCheck } from '#lib/maintenance/self-check.ts'
import { openMemoryScheduleRuns } from '#lib/records/schedule-runs.ts'
import { createMemoryStatistics } from '#lib/statistics/memory-statistics.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { SELF_CHECK_OWNER } from '#lib/vocabulary/job.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import { until } from '#test/until.ts'

const log = pino({ level: 'silent' })
const LIMITS = { queueLimit: 10, ownerLimit: 10, historyMs: 1e9 }
const TEXT =
  'Nightshift converts: Zwölf Boxkämpfer & 3 < 5\nСъешь же ещё этих мягких булок\nΞεσκεπάζω την ψυχοφθόρα βδελυγμία\n'

/** Jobs of the past by so many milliseconds, so that their time is over. */
async function open(t: TestContext, agoMs = 0) {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-self-check-'))
  const { storage } = await openFiles(readConfig({ DATA_DIR: folder }), log)
  const clock = { ...systemClock, now: () => Date.now() - agoMs }
  const state = newMemoryState(clock)
  const facts: JobFact[] = []
  const jobs = openMemoryJobs({ ...LIMITS, clock, state, observe: fact => facts.push(fact) })
  const scheduleRuns = openMemoryScheduleRuns()
  t.after(async () => {
    await jobs.close()
    await rm(folder, { recursive: true, force: true })
  })
  const step = async (next: SelfCheckStep = { kind: 'self-check' }) =>
    (await selfCheck({ jobs, storage, scheduleRuns }, next, log))?.step
  return {
    ...{ jobs, storage, facts, step, statistics: createMemoryStatistics(state.table) },
    problem: async () => (await scheduleRuns.list())[0]?.error,
    current: async () => (await jobs.list({ owner: SELF_CHECK_OWNER, limit: 10 })).items,
    convert: (run: (attempt: Attempt) => Promise<unknown>) =>
      jobs.consume(async attempt => void (await run(attempt)), { worker: 'host/1', slots: 1 }),
    async publish(attempt: Attempt, text: string) {
      const key = resultKey(attempt.job.id, attempt.claim)
      const file = await storage.write(key, Readable.from([Buffer.from(text)]))
      await attempt.completeIfStillMine({ key, fileName: 'self-check.txt', pages: null, ...file })
    },
  }
}

type Opened = Awaited<ReturnType<typeof open>>

async function untilEnded({ current }: Opened) {
  await until('the job has ended', async () => (await current()).every(({ finishedAt }) => finishedAt))
}

it('goes well where the text is that of the document, and leaves nothing', async t => {
  const opened = await open(t, 120_000)
  const { convert, publish, step, problem, current, storage, facts, statistics } = opened
  await convert(attempt => publish(attempt, TEXT))
  const next = await step()
  await untilEnded(opened)
  assert.equal(await problem(), undefined, 'there is no outcome yet')
  assert.equal(await step(next), undefined, 'that was the last step')
  assert.equal(await problem(), null)
  assert.deepEqual(await current(), [])
  for await (const key of storage.list(JOBS_PREFIX)) assert.fail(`${key} was left`)
  assert.deepEqual(facts, [], 'no metric counts it')
  assert.equal((await statistics.tally(new Date(0), new Date())).created, 0)
})

it('says what went wrong: the text, or the error of its job', async t => {
  for (const [expected, run] of [
    [
      'wrong_text',
      ({ publish }: Opened) =>
        (attempt: Attempt) =>
          publish(attempt, TEXT.replace('ψ', '□')),
    ],
    [
      'wrong_text',
      ({ publish }: Opened) =>
        (attempt: Attempt) =>
          publish(attempt, TEXT.repeat(1000)),
    ],
    [
      'time_limit',
      () => (attempt: Attempt) => attempt.failIfStillMine(new AppError('time_limit').toStoredError()),
    ],
  ] as const) {
    const opened = await open(t, 120_000)
    await opened.convert(run(opened))
    const next = await opened.step()
    await untilEnded(opened)
    await opened.step(next)
    assert.equal(await opened.problem(), expected)
  }
})

it('leaves its job for others to see, and removes it a minute later', async t => {
  const opened = await open(t)
  await opened.convert(attempt => opened.publish(attempt, TEXT))
  const next = await opened.step()
  await untilEnded(opened)
  assert.ok(await opened.step(next), 'another step follows')
  assert.equal(await opened.problem(), null)
  assert.equal((await opened.current()).length, 1)
})

it('is one at a time, whoever begins it, and goes on as one', async t => {
  const { step, current, storage } = await open(t)
  const [first, second] = await Promise.all([step(), step()])
  assert.deepEqual(first, second)
  assert.equal((await current()).length, 1)
  const keys: string[] = []
  for await (const key of storage.list(JOBS_PREFIX)) keys.push(key)
  assert.equal(keys.length, 1, `the source of the one job: ${keys}`)
})

it('is not done where nobody converts in time, and makes no pile', async t => {
  const { step, problem, current } = await open(t, 16 * 60_000)
  const next = await step()
  assert.equal(await step(next), undefined)
  assert.equal(await problem(), 'not_done')
  assert.deepEqual(await current(), [])
})

it('takes the place of one whose last step never came', async t => {
  const { step, problem, current } = await open(t, 16 * 60_000)
  const lost = await step()
  const next = await step()
  assert.equal(await problem(), 'not_done', 'of the lost one')
  assert.notEqual(next?.jobId, lost?.jobId)
  assert.deepEqual(
    (await current()).map(({ id }) => id),
    [next?.jobId],
  )
})

it('has no outcome where its turn did not come, and makes no pile', async t => {
  const { jobs, step, problem, current } = await open(t, 16 * 60_000)
  await jobs.create(newJob({ owner: 'somebody' }))
  const next = await step()
  assert.equal(await step(next), undefined)
  assert.equal(await problem(), undefined)
  assert.deepEqual(await current(), [])
})

it('has no outcome where the queue is full', async t => {
  const { jobs, step, problem } = await open(t)
  for (let count = 0; count < LIMITS.queueLimit; count++)
    await jobs.create(newJob({ owner: `owner-${count}` }))
  assert.equal(await step(), undefined)
  assert.equal(await problem(), undefined)
})
