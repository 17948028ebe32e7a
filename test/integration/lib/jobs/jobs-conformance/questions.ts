import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import type { Attempt } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { until } from '#test/until.ts'
import { code, newJob, OWNER_LIMIT, result, type Suite } from './suite.ts'

const WRONG = new AppError('wrong_password').toStoredError()

/** Jobs that need a password of their sender. */
export function questionsConformance(suite: Suite): void {
  const opensWith = (right: string) => async (attempt: Attempt) => {
    if (attempt.job.sealed === right) await attempt.completeIfStillMine(result(attempt))
    else await attempt.failIfStillMine(WRONG)
  }
  const needing = async (fields = {}) =>
    (await suite.jobs.create(newJob({ needs: 'password', ...fields }))).job
  const asked = (id: string) =>
    until('it is asked again', async () => {
      const job = await suite.jobs.get(id)
      return job?.needs && job.error && job
    })

  it('delivers a locked job only when its password is there, and others meanwhile', async () => {
    const seen: string[] = []
    await suite.consume(async attempt => {
      seen.push(attempt.job.id)
      await opensWith('right')(attempt)
    })
    const { id } = await needing()
    const { job: other } = await suite.jobs.create(newJob({ sealed: 'right' }))
    await suite.reach(other.id, 'completed')
    assert.equal(await suite.jobs.queuePosition(id), null)
    assert.equal((await suite.jobs.answer(id, 'right')).needs, null)
    await suite.reach(id, 'completed')
    assert.deepEqual(seen, [other.id, id])
    await assert.rejects(suite.jobs.answer(id, 'right'), code('password_not_needed'))
    await assert.rejects(suite.jobs.answer(randomUUID(), 'right'), code('job_not_found'))
  })

  it('asks again five times after a wrong password, and then the job has failed', async () => {
    await suite.consume(opensWith('right'))
    const { id } = await needing({ maxAttempts: 1 })
    for (const left of [5, 4, 3, 2, 1]) {
      await suite.jobs.answer(id, 'wrong')
      const { error, state, attempt } = await asked(id)
      assert.deepEqual(
        [state, attempt, error?.code, error?.details],
        ['queued', 0, 'password_asked_again', { left }],
      )
    }
    await suite.jobs.answer(id, 'wrong')
    const failed = await suite.reach(id, 'failed')
    assert.deepEqual([failed.error?.code, failed.needs], ['wrong_password', null])
    const again = await suite.jobs.retry(id, 1)
    assert.deepEqual([again.state, again.needs, again.error], ['queued', 'password', null])
    await suite.jobs.answer(id, 'wrong')
    assert.deepEqual((await asked(id)).error?.details, { left: 5 }, 'it begins anew')
    await suite.jobs.answer(id, 'right')
    await suite.reach(id, 'completed')
  })

  it('asks where only the engine finds the lock', async () => {
    const missing = new AppError('password_required').toStoredError()
    await suite.consume(async attempt => {
      if (attempt.job.sealed) await attempt.completeIfStillMine(result(attempt))
      else await attempt.failIfStillMine(missing)
    })
    const { job } = await suite.jobs.create(newJob())
    assert.deepEqual((await asked(job.id)).error, missing)
    await suite.jobs.answer(job.id, 'right')
    await suite.reach(job.id, 'completed')
  })

  it('cancels a job that needs its password, which needs it when it is tried again', async () => {
    await suite.consume(opensWith('right'))
    const { id } = await needing()
    await suite.jobs.cancel(id)
    await assert.rejects(suite.jobs.answer(id, 'right'), code('password_not_needed'))
    assert.equal((await suite.jobs.retry(id, 3)).needs, 'password')
    await suite.jobs.answer(id, 'right')
    await suite.reach(id, 'completed')
  })

  it('fails a job that nobody answered before its files are deleted', async () => {
    const { id } = await needing({ expiresAt: new Date(Date.now() + 1) })
    const { id: other } = await needing()
    await suite.jobs.maintain(new Date(Date.now() + 1000))
    assert.equal((await suite.reach(id, 'failed')).error?.code, 'password_missing')
    assert.ok((await suite.jobs.expired(new Date(Date.now() + 1000))).includes(id))
    assert.equal((await suite.jobs.get(other))?.state, 'queued')
  })

  it('refuses an owner more of them than jobs may wait', async () => {
    const owner = `owner-${randomUUID()}`
    for (let n = 0; n < OWNER_LIMIT; n++) await needing({ owner })
    await assert.rejects(needing({ owner }), code('too_many_locked'))
    const { job } = await suite.jobs.create(newJob({ owner }))
    await suite.jobs.cancel(job.id)
  })
}
