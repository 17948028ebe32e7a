import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import { AppError } from '#lib/vocabulary/errors.ts'
import { until } from '#test/until.ts'
import { code, newJob, OWNER_LIMIT, result, type Suite } from './suite.ts'

/** Who is let in while others wait. */
export function admissionConformance(suite: Suite): void {
  it('lets one owner have so many waiting, says so before and at the create, and lets others in', async () => {
    const owner = `greedy-${randomUUID()}`
    await suite.jobs.admit(owner)
    for (let n = 0; n < OWNER_LIMIT; n++) await suite.jobs.create(newJob({ owner }))
    const late = newJob({ owner })
    await assert.rejects(suite.jobs.create(late), (error: unknown) => {
      assert.ok(error instanceof AppError && error.code === 'too_many_waiting')
      assert.ok(Number.isInteger(error.retryAfter) && Number(error.retryAfter) > 0)
      assert.equal(error.details.limit, OWNER_LIMIT)
      return true
    })
    assert.equal(await suite.jobs.get(late.id), undefined)
    await until('the look before sees it too', () => refused(suite.jobs.admit(owner), 'too_many_waiting'))
    await suite.jobs.admit(`modest-${randomUUID()}`)
    const other = await suite.jobs.create(newJob())
    await suite.consume(async attempt => void (await attempt.completeIfStillMine(result(attempt))), {
      slots: 4,
    })
    await suite.reach(other.job.id, 'completed')
    await until('the queue is empty', async () => (await suite.jobs.stats()).queued === 0)
    await until('there is room again', async () => !(await refused(suite.jobs.admit(owner))))
  })
}

/** Whether it was refused, with this code where one is named. */
function refused(asked: Promise<void>, expected?: string): Promise<boolean> {
  return asked.then(
    () => false,
    error => expected === undefined || code(expected)(error),
  )
}
