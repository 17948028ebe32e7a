import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { JobStore } from '#lib/jobs/store.ts'
import { emptyHistogram } from '#lib/statistics/histogram.ts'
import type { StatisticsStore } from '#lib/statistics/statistics-store.ts'
import { createStatistics } from '#lib/statistics.ts'
import { SELF_CHECK_OWNER } from '#lib/vocabulary/job.ts'
import { result } from '#test/integration/lib/jobs/jobs-conformance/suite.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const MANY = { queueLimit: 1000, ownerLimit: 1000 }

export interface OpenStatistics {
  jobs: JobStore
  statistics: StatisticsStore
  close(): Promise<void>
}

/** What every store of statistics must keep. */
export function statisticsConformance(name: string, open: () => Promise<OpenStatistics>): void {
  describe(`${name} keeps statistics`, () => {
    let opened: OpenStatistics
    before(async () => {
      opened = await open()
    })
    after(() => opened.close())

    it('counts what was created and ended in a time, and tells failures apart by code, format and details; a self-check is none', async () => {
      const from = new Date()
      const done = await lease(opened.jobs)
      await opened.jobs.completeIfStillLeased(done, { result: result({ job: done, claim: done.claim }) })
      const ids = [
        await fail(opened.jobs, 'page 3 of “a.docx”'),
        await fail(opened.jobs, 'page 3 of “a.docx”'),
      ]
      await fail(opened.jobs, 'no memory')
      const check = await lease(opened.jobs, SELF_CHECK_OWNER)
      await opened.jobs.completeIfStillLeased(check, { result: result({ job: check, claim: check.claim }) })
      const tally = await opened.statistics.tally(from, new Date(Date.now() + 1))
      assert.deepEqual([tally.created, tally.completed, tally.failed], [4, 1, 3])
      assert.equal(tally.bytes, newJob().source.bytes)
      const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
      assert.deepEqual([sum(tally.waited), sum(tally.took)], [4, 1])
      const twice = tally.failures.filter(({ details }) => details.includes('page 3'))
      assert.equal(sum(twice.map(({ failed }) => failed)), 2)
      assert.deepEqual(twice.flatMap(({ samples }) => samples).toSorted(), ids.toSorted())
      assert.equal((await opened.statistics.tally(new Date(0), from)).created, 0)
    })

    it('counts the minutes that are over once, however often and by however many, and adds them up as hours', async () => {
      const { statistics } = opened
      const faces = [createStatistics(statistics), createStatistics(statistics)]
      const nextMinute = new Date(Math.floor(Date.now() / MINUTE_MS + 1) * MINUTE_MS)
      const counted = await statistics.tally(new Date(nextMinute.getTime() - HOUR_MS), nextMinute)
      for (const face of [...faces, ...faces]) assert.equal(await face.rollUp(nextMinute), false)
      const day = new Date(nextMinute.getTime() - 24 * HOUR_MS)
      for (const span of ['minute', 'hour'] as const) {
        const periods = await statistics.periods(span, day)
        const sum = (of: 'created' | 'completed' | 'failed') =>
          periods.reduce((all, period) => all + period[of], 0)
        assert.deepEqual(
          [sum('created'), sum('completed'), sum('failed')],
          [counted.created, counted.completed, counted.failed],
          span,
        )
        const starts = periods.map(({ startsAt }) => startsAt.getTime())
        assert.deepEqual(
          starts,
          [...new Set(starts)].sort((a, b) => a - b),
        )
      }
      const groups = await createStatistics(statistics).failures(nextMinute)
      const pages = groups.find(({ fingerprint }) => fingerprint.includes('page'))
      assert.deepEqual([pages?.fingerprint, pages?.failed, pages?.failedToday], ['page # of “…”', 2, 2])
      assert.ok(pages && pages.firstAt <= pages.lastAt && pages.samples.length > 0)
    })

    it('never counts less than before: a failed job that is tried again did fail', async () => {
      const { statistics } = opened
      const startsAt = new Date(Date.now() - 2 * HOUR_MS)
      const period = { startsAt, created: 3, completed: 1, failed: 2, bytes: 5, ...histograms(2) }
      await statistics.write('minute', period, [])
      await statistics.write('minute', { ...period, failed: 1, completed: 4, ...histograms(1) }, [])
      const kept = (await statistics.periods('minute', startsAt))[0]
      assert.deepEqual(kept, { ...period, completed: 4 })
    })

    it('forgets minutes and hours by their own times', async () => {
      const { statistics } = opened
      const startsAt = new Date(Date.now() - 30 * HOUR_MS)
      const period = { startsAt, created: 1, completed: 0, failed: 0, bytes: 0, ...histograms(0) }
      for (const span of ['minute', 'hour'] as const) await statistics.write(span, period, [])
      await statistics.forget({ minutes: new Date(startsAt.getTime() + 1), hours: startsAt })
      const left = async (span: 'minute' | 'hour') => (await statistics.periods(span, startsAt))[0]?.startsAt
      assert.deepEqual(await left('hour'), startsAt)
      assert.notDeepEqual(await left('minute'), startsAt)
    })
  })
}

function histograms(count: number) {
  const counts = emptyHistogram()
  counts[3] = count
  return { waited: counts, took: [...counts] }
}

async function lease(jobs: JobStore, owner?: string): Promise<{ id: string; claim: number }> {
  const insert = { ...newJob(owner === undefined ? {} : { owner }), messageId: randomUUID() }
  await jobs.insertIfBelowLimit(insert, MANY)
  const job = await jobs.claimIfWaiting({ jobId: insert.id, messageId: insert.messageId, worker: 'host/1' })
  assert.ok(job)
  return { id: job.id, claim: job.claims }
}

async function fail(jobs: JobStore, reason: string): Promise<string> {
  const token = await lease(jobs)
  const error = { code: 'corrupt_file', details: { reason }, retryable: false }
  await jobs.failIfStillLeased(token, { outcome: 'failed', error })
  return token.id
}
