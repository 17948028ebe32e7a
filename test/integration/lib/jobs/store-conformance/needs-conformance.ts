import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import { AppError } from '#lib/vocabulary/errors.ts'
import { final } from '../jobs-conformance/suite.ts'
import { idOf, MANY, type StoreSuite } from './store-suite.ts'

const ERROR = new AppError('password_asked_again', { details: { left: 5 } }).toStoredError()

/** Jobs that need something of their sender before a message may claim them. */
export function needsConformance(suite: StoreSuite): void {
  const store = () => suite.store
  const fromNow = (ms: number) => new Date(Date.now() + ms)
  const answer = () => ({ sealed: 'sealed anew', messageId: randomUUID() })
  const question = () =>
    ({ needs: 'password', error: ERROR, errorCode: 'wrong_password', messageId: randomUUID() }) as const
  const insertNeeding = async (fields = {}) => {
    const insert = suite.newInsert({ needs: 'password', ...fields })
    const written = await store().insertIfBelowLimit(insert, MANY)
    assert.ok(written, 'it was inserted')
    suite.checkUnsent(written, undefined)
    return { job: written.job, messageId: insert.messageId }
  }

  it('inserts a job that needs something outside the queue: no place, no message, no claim', async () => {
    const owner = `owner-${randomUUID()}`
    const needing = await insertNeeding({ owner })
    const { job } = needing
    assert.deepEqual([job.state, job.needs], ['queued', 'password'])
    const waiting = await suite.insert({ owner })
    const positions = await store().queuePositions([job.id, waiting.job.id])
    assert.deepEqual(
      [...positions].map(([id, { ahead }]) => [id, ahead]),
      [[waiting.job.id, 0]],
    )
    assert.deepEqual([...(await store().queuePositions()).keys()], [waiting.job.id])
    assert.equal((await store().counts()).queued, 1)
    const { waiting: load, own } = await store().load(owner, { queueLimit: 1, ownerLimit: 1 })
    assert.deepEqual([load, own], [1, 1])
    assert.deepEqual(
      (await store().unsent(fromNow(1000))).map(({ body }) => body.jobId).includes(job.id),
      false,
    )
    await suite.wroteNothing(job.id, () => suite.claim(needing))
    assert.deepEqual(
      (await store().list({ owner, limit: 5 })).items.map(idOf).toSorted(),
      [job.id, waiting.job.id].toSorted(),
    )
  })

  it('lets an owner have as many of them as waiting jobs', async () => {
    const owner = `owner-${randomUUID()}`
    const limits = { ...MANY, ownerLimit: 2 }
    const insert = async (fields: { needs?: 'password' }) =>
      (await store().insertIfBelowLimit(suite.newInsert({ owner, ...fields }), limits)) !== undefined
    const needing = { needs: 'password' } as const
    assert.deepEqual(
      [await insert(needing), await insert(needing), await insert(needing)],
      [true, true, false],
    )
    assert.deepEqual([await insert({}), await insert({}), await insert({})], [true, true, false])
  })

  it('queues it at the end when it is answered, once', async () => {
    const needing = await insertNeeding({ sealed: 'sealed' })
    const waiting = await suite.insert()
    const answers = [answer(), answer()]
    const written = await Promise.all(answers.map(one => store().answerIfNeeded(needing.job.id, one)))
    assert.equal(written.filter(Boolean).length, 1)
    const index = written.findIndex(Boolean)
    const messageId = answers[index]?.messageId ?? ''
    const job = await suite.wrote(needing.job, written[index], messageId)
    assert.deepEqual([job.state, job.needs, job.sealed], ['queued', null, 'sealed anew'])
    assert.deepEqual([...(await store().queuePositions()).keys()], [waiting.job.id, job.id])
    await suite.wroteNothing(job.id, () => suite.claim(needing))
    assert.equal((await suite.claimed({ job, messageId })).job.sealed, 'sealed anew')
  })

  it('answers nothing that needs nothing, has ended or is not there', async () => {
    const [waiting, running, cancelled] = [await suite.insert(), await suite.lease(), await insertNeeding()]
    await store().cancelIfNotEnded(cancelled.job.id)
    for (const id of [waiting.job.id, running.job.id, cancelled.job.id, randomUUID()])
      await suite.wroteNothing(id, () => store().answerIfNeeded(id, answer()))
  })

  it('ends an attempt with a question, which does not count as one', async () => {
    const { job, token } = await suite.lease({ maxAttempts: 1, sealed: 'sealed' })
    const asked = await suite.wrote(job, await store().askIfStillLeased(token, question()))
    assert.deepEqual([asked.state, asked.needs, asked.attempt, asked.claims], ['queued', 'password', 0, 1])
    assert.deepEqual(asked.error, ERROR)
    await suite.wroteNothing(job.id, () => store().askIfStillLeased(token, question()))
    const next = answer()
    const answered = await suite.wrote(asked, await store().answerIfNeeded(job.id, next), next.messageId)
    assert.equal(answered.error, null)
    await suite.claimed({ job: answered, messageId: next.messageId })
    const { attempt, timeline } = await suite.read(job.id)
    assert.equal(attempt, 1)
    assert.deepEqual(
      timeline.map(({ number, outcome, errorCode }) => [number, outcome, errorCode]),
      [
        [1, 'asked', 'wrong_password'],
        [1, null, null],
      ],
    )
  })

  it('cancels it, purges it, and tries it again with or without the same need', async () => {
    const { job } = await insertNeeding()
    const cancelled = await suite.wrote(job, await store().cancelIfNotEnded(job.id))
    assert.deepEqual([cancelled.state, cancelled.needs], ['cancelled', 'password'])
    const again = { maxAttempts: 2, messageId: randomUUID(), needs: 'password' } as const
    const retried = await suite.wrote(cancelled, await store().retryIfEnded(job.id, again))
    assert.deepEqual([retried.state, retried.needs], ['queued', 'password'])
    assert.equal((await store().queuePositions([job.id])).size, 0)
    const twice = await suite.wrote(retried, await store().cancelIfNotEnded(job.id))
    const bare = { ...again, needs: null }
    const queued = await suite.wrote(twice, await store().retryIfEnded(job.id, bare), again.messageId)
    assert.deepEqual([queued.state, queued.needs], ['queued', null])
    assert.equal((await store().queuePositions([job.id])).size, 1)
    const other = await insertNeeding()
    const stopped = await store().cancelIfNotEnded(other.job.id)
    assert.ok(stopped)
    const purged = await suite.wrote(stopped.job, await store().purgeIfEnded(other.job.id))
    assert.equal(purged.needs, null)
  })

  it('finds those that expired, and fails them if nobody has answered', async () => {
    const expiresAt = fromNow(1000)
    const [sooner, later] = [-1, 1].map(ms => new Date(expiresAt.getTime() + ms))
    assert.ok(sooner && later)
    const { job } = await insertNeeding({ expiresAt })
    await suite.insert({ expiresAt })
    await insertNeeding()
    const end = (expiredBefore: Date) => ({ expiredBefore, error: final })
    assert.deepEqual(await store().unanswered(sooner), [])
    assert.deepEqual(await store().unanswered(later), [job.id])
    await suite.wroteNothing(job.id, () => store().failIfUnanswered(job.id, end(sooner)))
    const failed = await suite.wrote(job, await store().failIfUnanswered(job.id, end(later)))
    assert.deepEqual([failed.state, failed.needs, failed.startedAt], ['failed', null, null])
    assert.deepEqual(failed.error, final)
    assert.ok(failed.finishedAt)
    assert.deepEqual(await store().unanswered(later), [])
    assert.deepEqual(await store().expired(later), [job.id])
    await suite.wroteNothing(job.id, () => store().failIfUnanswered(job.id, end(later)))
    const waiting = await suite.insert({ expiresAt })
    await suite.wroteNothing(waiting.job.id, () => store().failIfUnanswered(waiting.job.id, end(later)))
  })

  it('forgets secrets where no attempt can follow', async () => {
    const { job, token } = await suite.lease({ sealed: 'sealed' })
    const result = {
      key: `jobs/${job.id}/result-1`,
      fileName: 'a.pdf',
      bytes: 1,
      pages: 1,
      sha256: 'c'.repeat(64),
    }
    assert.equal(
      (await suite.wrote(job, await store().completeIfStillLeased(token, { result }))).sealed,
      null,
    )
    const needing = await insertNeeding({ sealed: 'sealed' })
    const cancelled = await suite.wrote(needing.job, await store().cancelIfNotEnded(needing.job.id))
    assert.equal(cancelled.sealed, 'sealed', 'it may be tried again')
    await store().markFilesDeleted([cancelled.id])
    const { sealed, needs } = await suite.read(cancelled.id)
    assert.deepEqual([sealed, needs], [null, null])
  })
}
