import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import { noFlags } from '#lib/scan/flags.ts'
import { result, retryable } from '../jobs-conformance/suite.ts'
import type { LeasedJob, StoreSuite } from './store-suite.ts'

const NAME = 'Zoë Example’s salary.pptx'

/** Deleting everything of a job but its receipt. */
export function purgesConformance(suite: StoreSuite): void {
  const store = () => suite.store
  const soon = () => new Date(Date.now() + 1000)
  const named = () => ({
    ...{ owner: `Zoë-${randomUUID()}`, idempotencyKey: 'Zoë’s key', fileName: NAME, folder: 'Zoë/2026' },
    ...{
      options: { title: 'Zoë' },
      sealed: 'sealed Zoë',
      flags: { ...noFlags(), language: 'zoë' },
      retryOf: randomUUID(),
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    },
    sources: [1, 2].map(n => ({
      ...{ key: `jobs/x/source-${n}`, fileName: NAME, format: 'pptx', bytes: n, sha256: `${n}`.repeat(64) },
      ...{ flags: null, options: { language: 'zoë' } },
    })),
  })
  const complete = ({ token }: LeasedJob) =>
    store().completeIfStillLeased(token, {
      result: { ...result({ job: token, claim: token.claim }), fileName: NAME },
      report: { engine: 'Zoë', seconds: { loading: 1, exporting: 1, total: 2 }, notes: [] },
    })

  it('leaves nothing of a job that tells whose it was or what it was called, but its receipt', async () => {
    const done = await suite.lease(named())
    await store().showIfStillLeased(done.token, 'jobs/x/thumbnail-1')
    await complete(done)
    const before = await suite.read(done.job.id)
    const written = await store().purgeIfEnded(before.id)
    assert.deepEqual([written?.owner, written?.batchId], [before.owner, before.batchId])
    const left = await suite.wrote(before, written)
    assert.ok(!/zoë/i.test(JSON.stringify(left)), JSON.stringify(left))
    assert.notEqual(left.batchId, before.batchId)
    assert.deepEqual(
      [left.state, left.owner, left.thumbnailKey, left.report, left.retryOf, left.flags, left.traceparent],
      ['completed', '', null, null, null, null, null],
    )
    assert.ok(before.result)
    const { bytes, sha256 } = before.result
    assert.deepEqual(left.receipt?.result, { bytes, sha256 })
    assert.deepEqual([left.receipt?.by, left.receipt?.deletedAt], ['owner', null])
    assert.deepEqual(
      left.sources?.map(part => [part.bytes, part.sha256]),
      before.sources?.map(part => [part.bytes, part.sha256]),
    )
  })

  it('keeps it out of lists and batches, and frees its key', async () => {
    const named = { owner: `owner-${randomUUID()}`, batchId: randomUUID(), idempotencyKey: 'once' }
    const [purged, other] = [
      await suite.insertEarlier(named),
      await suite.insert({ ...named, idempotencyKey: 'twice' }),
    ]
    await store().cancelIfNotEnded(purged.job.id)
    await store().purgeIfEnded(purged.job.id)
    const { items } = await store().list({ owner: named.owner, limit: 5 })
    assert.deepEqual(
      items.map(({ id }) => id),
      [other.job.id],
    )
    const batch = await store().batch(named.batchId)
    assert.deepEqual([batch?.owner, batch?.counts.queued, batch?.counts.cancelled], [named.owner, 1, 0])
    const { batchId } = await suite.read(purged.job.id)
    assert.equal(await store().batch(batchId), undefined)
    assert.equal(await store().findByKey(named.owner, 'once'), undefined)
    await suite.insert(named)
  })

  it('names its files as expired until they are deleted, and keeps the row as long as others', async () => {
    const { job } = await suite.insert()
    await store().cancelIfNotEnded(job.id)
    await store().purgeIfEnded(job.id)
    assert.ok((await store().expired(soon())).includes(job.id))
    assert.equal((await store().markFilesDeleted([job.id])).length, 1)
    assert.ok(!(await store().expired(soon())).includes(job.id))
    assert.ok((await suite.read(job.id)).receipt?.deletedAt)
    assert.equal(await store().removeEndedBefore(soon()), 1)
    assert.equal(await store().get(job.id), undefined)
  })

  it('keeps the receipt of files that were deleted before', async () => {
    const done = await suite.lease()
    await complete(done)
    await store().markFilesDeleted([done.job.id])
    const before = await suite.read(done.job.id)
    const left = await suite.wrote(before, await store().purgeIfEnded(before.id))
    assert.deepEqual([left.receipt, left.fileName], [before.receipt, ''])
    assert.equal(left.receipt?.by, 'expiry')
    assert.deepEqual(await store().expired(soon()), [])
  })

  it('keeps the code of an error, without what it named, and makes no dead letter of it', async () => {
    const { token, job } = await suite.lease()
    const error = { ...retryable, details: { part: NAME } }
    await store().failIfStillLeased(token, { outcome: 'failed', error })
    const left = await suite.wrote(await suite.read(job.id), await store().purgeIfEnded(job.id))
    assert.deepEqual(left.error, { code: error.code, details: {}, retryable: false })
  })

  it('purges nothing that waits, runs, was purged before or is not there; of two at once one', async () => {
    const [waiting, running, ended] = [await suite.insert(), await suite.lease(), await suite.insert()]
    for (const id of [waiting.job.id, running.job.id, randomUUID()])
      await suite.wroteNothing(id, () => store().purgeIfEnded(id))
    await store().cancelIfNotEnded(ended.job.id)
    const { id } = ended.job
    const written = await Promise.all([store().purgeIfEnded(id), store().purgeIfEnded(id)])
    assert.equal(written.filter(Boolean).length, 1)
    await suite.wroteNothing(id, () => store().purgeIfEnded(id))
    for (const write of [
      () => store().requestDeletionIfKept(id),
      () => store().retryIfEnded(id, { maxAttempts: 1, messageId: randomUUID(), needs: null }),
    ])
      await suite.wroteNothing(id, write)
  })
}
