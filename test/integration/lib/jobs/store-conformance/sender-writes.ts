import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import { final, result, retryable } from '../jobs-conformance/suite.ts'
import type { LeasedJob, StoreSuite } from './store-suite.ts'

/** Cancelling, retrying and deleting. */
export function senderWritesConformance(suite: StoreSuite): void {
  const store = () => suite.store
  const again = () => ({ maxAttempts: 2, messageId: randomUUID(), needs: null })
  const fail = ({ token }: LeasedJob) => store().failIfStillLeased(token, { outcome: 'failed', error: final })
  const complete = ({ token }: LeasedJob) =>
    store().completeIfStillLeased(token, { result: result({ job: token, claim: token.claim }) })

  it('cancels a job that waits or runs, and returns the message that nobody needs', async () => {
    const { job, messageId } = await suite.insert()
    const written = await store().cancelIfNotEnded(job.id)
    assert.equal(written?.messageId, messageId)
    const cancelled = await suite.wrote(job, written)
    assert.deepEqual([cancelled.state, cancelled.timeline], ['cancelled', []])
    assert.ok(cancelled.finishedAt)
    const leased = await suite.lease()
    const stopped = await suite.wrote(leased.job, await store().cancelIfNotEnded(leased.job.id))
    assert.deepEqual([stopped.state, stopped.timeline[0]?.outcome], ['cancelled', 'cancelled'])
    assert.deepEqual(stopped.timeline[0]?.endedAt, stopped.finishedAt)
  })

  it('returns the latest message of a cancelled job, and takes the time from which it was to run', async () => {
    const { token, job } = await suite.lease()
    const messageId = randomUUID()
    const runAt = new Date(Date.now() + 60_000)
    const requeue = { outcome: 'failed', error: retryable, runAt, messageId } as const
    const waiting = await suite.wrote(job, await store().requeueIfStillLeased(token, requeue), messageId)
    const written = await store().cancelIfNotEnded(token.id)
    assert.equal(written?.messageId, messageId)
    assert.equal((await suite.wrote(waiting, written)).runAt, null)
    await suite.wroteNothing(token.id, () => suite.claim({ job, messageId }))
  })

  it('cancels nothing that has ended or is not there', async () => {
    const [done, failed, { job }] = [await suite.lease(), await suite.lease(), await suite.insert()]
    await complete(done)
    await fail(failed)
    await store().cancelIfNotEnded(job.id)
    for (const id of [done.job.id, failed.job.id, job.id, randomUUID()])
      await suite.wroteNothing(id, () => store().cancelIfNotEnded(id))
  })

  it('queues a failed or cancelled job again, with more attempts and a message of its own', async () => {
    const leased = await suite.lease({ maxAttempts: 1 })
    await fail(leased)
    const failed = await suite.read(leased.job.id)
    const { maxAttempts, messageId } = again()
    const retried = await suite.wrote(
      failed,
      await store().retryIfEnded(failed.id, { maxAttempts, messageId, needs: null }),
      messageId,
    )
    assert.deepEqual([retried.state, retried.attempt, retried.maxAttempts], ['queued', 1, 3])
    assert.deepEqual([retried.error, retried.finishedAt], [null, null])
    await suite.wroteNothing(failed.id, () => suite.claim(leased))
    assert.equal((await suite.claimed({ job: retried, messageId })).job.attempt, 2)
    assert.deepEqual(
      (await suite.read(failed.id)).timeline.map(({ number, outcome }) => [number, outcome]),
      [
        [1, 'failed'],
        [2, null],
      ],
    )
    const queued = await suite.insert()
    await store().cancelIfNotEnded(queued.job.id)
    const cancelled = await suite.read(queued.job.id)
    const next = again()
    await suite.wrote(cancelled, await store().retryIfEnded(cancelled.id, next), next.messageId)
    await suite.wroteNothing(cancelled.id, () => suite.claim(queued))
  })

  it('retries nothing that waits, runs, is completed or is not there', async () => {
    const [done, running, { job }] = [await suite.lease(), await suite.lease(), await suite.insert()]
    await complete(done)
    for (const id of [done.job.id, running.job.id, job.id, randomUUID()])
      await suite.wroteNothing(id, () => store().retryIfEnded(id, again()))
  })

  it('retries nothing whose files are deleted or may be', async () => {
    const expired = await suite.insert({ expiresAt: new Date(Date.now() - 1) })
    const deleted = await suite.insert()
    for (const { job } of [expired, deleted]) await store().cancelIfNotEnded(job.id)
    await store().markFilesDeleted([deleted.job.id])
    for (const { job } of [expired, deleted])
      await suite.wroteNothing(job.id, () => store().retryIfEnded(job.id, again()))
  })

  it('retries once when asked twice at the same moment', async () => {
    const { job } = await suite.insert()
    await store().cancelIfNotEnded(job.id)
    const asked = [again(), again()]
    const written = await Promise.all(asked.map(again => store().retryIfEnded(job.id, again)))
    assert.equal(written.filter(Boolean).length, 1)
    const winner = asked[written.findIndex(Boolean)]
    assert.ok(winner)
    assert.ok(
      await suite.claim({ job, messageId: winner.messageId }),
      'the row waits for the winner’s message',
    )
  })

  it('withholds the files of a job that has ended, and names them as expired until they are deleted', async () => {
    const done = await suite.lease()
    await store().showIfStillLeased(done.token, 'jobs/x/thumbnail-1')
    await complete(done)
    const before = await suite.read(done.job.id)
    const written = await store().requestDeletionIfKept(before.id)
    await suite.wrote(before, written)
    const { source, result } = before
    assert.ok(written && result)
    const files = {
      source: { bytes: source.bytes, sha256: source.sha256 },
      result: { bytes: result.bytes, sha256: result.sha256 },
    }
    assert.deepEqual(written.job.receipt, { by: 'owner', deletedAt: null, ...files })
    assert.deepEqual([written.job.result, written.job.thumbnailKey], [null, null])
    const soon = new Date(Date.now() + 1000)
    assert.ok((await store().expired(soon)).includes(before.id))
    await suite.wroteNothing(before.id, () => store().requestDeletionIfKept(before.id))
    await store().markFilesDeleted([before.id])
    const { receipt } = await suite.read(before.id)
    assert.ok(receipt?.deletedAt instanceof Date)
    assert.deepEqual({ ...receipt, deletedAt: null }, { by: 'owner', deletedAt: null, ...files })
    assert.ok(!(await store().expired(soon)).includes(before.id))
  })

  it('lets nobody retry a job whose files somebody wants deleted, nor deletes those of one that waits or runs', async () => {
    const [running, waiting, ended] = [await suite.lease(), await suite.insert(), await suite.insert()]
    for (const id of [running.job.id, waiting.job.id, randomUUID()])
      await suite.wroteNothing(id, () => store().requestDeletionIfKept(id))
    await store().cancelIfNotEnded(ended.job.id)
    await store().requestDeletionIfKept(ended.job.id)
    await suite.wroteNothing(ended.job.id, () => store().retryIfEnded(ended.job.id, again()))
  })

  it('says of expired files that their time was over', async () => {
    const { job } = await suite.insert()
    assert.equal(job.receipt, null)
    await store().cancelIfNotEnded(job.id)
    await store().markFilesDeleted([job.id])
    const { receipt } = await suite.read(job.id)
    assert.deepEqual(
      [receipt?.by, receipt?.result, receipt?.source.sha256],
      ['expiry', null, job.source.sha256],
    )
    await suite.wroteNothing(job.id, () => store().requestDeletionIfKept(job.id))
  })
}
