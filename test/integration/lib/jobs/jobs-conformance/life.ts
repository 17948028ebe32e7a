import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import type { Attempt } from '#lib/jobs.ts'
import { until } from '#test/until.ts'
import { code, hold, newJob, result, type Suite } from './suite.ts'

/** Cancelling, forgetting and purging. */
export function lifeConformance(suite: Suite): void {
  it('never delivers a job that was cancelled while it waited', async () => {
    const { job } = await suite.jobs.create(newJob())
    assert.equal((await suite.jobs.cancel(job.id)).state, 'cancelled')
    const seen: string[] = []
    await suite.consume(async attempt => {
      seen.push(attempt.job.id)
      await attempt.completeIfStillMine(result(attempt))
    })
    const { job: next } = await suite.jobs.create(newJob())
    await suite.reach(next.id, 'completed')
    assert.deepEqual(seen, [next.id])
    await assert.rejects(suite.jobs.cancel(job.id), code('job_finished'))
    await assert.rejects(suite.jobs.cancel(randomUUID()), code('job_not_found'))
  })

  it('aborts a running attempt when its job is cancelled, and refuses its late result', async () => {
    const attempts: Attempt[] = []
    await suite.consume(hold(attempts))
    const { job } = await suite.jobs.create(newJob())
    const attempt = await until('it runs', () => attempts[0])
    await suite.jobs.cancel(job.id)
    await until('the attempt hears it', () => attempt.signal.aborted)
    assert.equal(attempt.signal.reason, 'cancelled')
    assert.equal(await attempt.completeIfStillMine(result(attempt)), false)
    assert.equal((await suite.jobs.get(job.id))?.result, null)
  })

  it('forgets files when their time is over, and rows when history is', async () => {
    await suite.consume(async attempt => void (await attempt.completeIfStillMine(result(attempt))))
    const { job } = await suite.jobs.create(newJob({ expiresAt: new Date(Date.now() + 1) }))
    await suite.reach(job.id, 'completed')
    const expired = await suite.jobs.expired(new Date(Date.now() + 1000))
    assert.ok(expired.includes(job.id))
    await suite.jobs.markFilesDeleted([job.id])
    assert.equal((await suite.jobs.get(job.id))?.result, null)
    assert.deepEqual(await suite.jobs.expired(new Date(Date.now() + 1000)), [])
    assert.deepEqual(await suite.jobs.existing([job.id, randomUUID()]), new Set([job.id]))
    await suite.jobs.removeOld(new Date(Date.now() + 40 * 86_400_000))
    assert.equal(await suite.jobs.get(job.id), undefined)
  })

  it('tries no job again whose files are being deleted, and takes none from one that waits', async () => {
    const { job } = await suite.jobs.create(newJob({ expiresAt: new Date(Date.now() + 1) }))
    await suite.jobs.cancel(job.id)
    await until('its time is over', async () => (await suite.jobs.expired(new Date())).includes(job.id))
    await assert.rejects(suite.jobs.retry(job.id, 3), code('not_retryable'))
    const { job: waiting } = await suite.jobs.create(newJob())
    await suite.jobs.markFilesDeleted([job.id, waiting.id, randomUUID()])
    assert.equal((await suite.jobs.get(waiting.id))?.version, waiting.version)
    await suite.consume(async attempt => void (await attempt.completeIfStillMine(result(attempt))))
    assert.ok((await suite.reach(waiting.id, 'completed')).result)
  })

  it('purges a job at once, whatever it is doing: its receipt is left until history is over', async () => {
    const attempts: Attempt[] = []
    await suite.consume(hold(attempts))
    const { job } = await suite.jobs.create(newJob())
    const attempt = await until('it runs', () => attempts[0])
    await suite.jobs.purge(job.id)
    await until('the attempt stops', () => attempt.signal.aborted)
    assert.equal(await attempt.completeIfStillMine(result(attempt)), false)
    const left = await suite.jobs.get(job.id)
    assert.deepEqual([left?.state, left?.owner, left?.fileName], ['cancelled', '', ''])
    assert.deepEqual([left?.receipt?.by, left?.receipt?.deletedAt], ['owner', null])
    for (const id of [job.id, randomUUID()]) await assert.rejects(suite.jobs.purge(id), code('job_not_found'))
    await assert.rejects(suite.jobs.retry(job.id, 1), code('not_retryable'))
    const expired = await suite.jobs.expired(new Date(Date.now() + 1000))
    assert.ok(expired.includes(job.id), 'maintenance deletes what is left of its files')
    await suite.jobs.markFilesDeleted([job.id])
    assert.ok((await suite.jobs.get(job.id))?.receipt?.deletedAt)
    await suite.jobs.removeOld(new Date(Date.now() + 40 * 86_400_000))
    assert.equal(await suite.jobs.get(job.id), undefined)
  })
}
