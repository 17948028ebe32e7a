import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import { AppError } from '#lib/vocabulary/errors.ts'
import { until } from '#test/until.ts'
import { result } from '../jobs-conformance/suite.ts'
import { idOf, type LeasedJob, type StoreSuite } from './store-suite.ts'

/** What maintenance asks for and writes. */
export function sweepsConformance(suite: StoreSuite): void {
  const store = () => suite.store
  const fromNow = (ms: number) => new Date(Date.now() + ms)
  const complete = ({ token }: LeasedJob) =>
    store().completeIfStillLeased(token, { result: result({ job: token, claim: token.claim }) })

  it('finds the leases of a worker, and those that were not renewed since', async () => {
    const worker = `host/${randomUUID()}`
    const start = new Date()
    const here = await suite.lease({}, worker)
    const done = await suite.lease({}, worker)
    const elsewhere = await suite.lease()
    await complete(done)
    assert.deepEqual(await store().leasesOf(worker), [{ ...here.token, worker }])
    assert.deepEqual(await store().leasesOf('host/nobody'), [])
    const before = await store().leasesBefore(fromNow(1000))
    assert.deepEqual(before.map(idOf).toSorted(), [here.job.id, elsewhere.job.id].toSorted())
    assert.deepEqual(
      before.find(({ id }) => id === here.job.id),
      { ...here.token, worker },
    )
    assert.deepEqual(await store().leasesBefore(start), [])
  })

  it('counts a lease from its last renewal', async () => {
    const { token, job } = await suite.lease()
    const claimedAt = (await suite.read(job.id)).startedAt?.getTime() ?? 0
    while (Date.now() <= claimedAt + 1) await store().existing([job.id])
    await store().renewIfStillLeased(token, undefined)
    assert.deepEqual(await store().leasesBefore(new Date(claimedAt + 1)), [])
    await store().handBackIfStillLeased(token, randomUUID())
    assert.deepEqual(await store().leasesBefore(fromNow(1000)), [], 'one that waits has no lease')
  })

  it('finds the files that are to be deleted: of jobs that have ended, when their time is over', async () => {
    const expiresAt = fromNow(1000)
    const [sooner, later] = [-1, 1].map(ms => new Date(expiresAt.getTime() + ms))
    assert.ok(sooner && later)
    const done = await suite.lease({ expiresAt })
    const waiting = await suite.insert({ expiresAt })
    await suite.lease({ expiresAt })
    for (const leased of [done, await suite.lease()]) await complete(leased)
    assert.deepEqual(await store().expired(sooner), [])
    assert.deepEqual(await store().expired(later), [done.job.id])
    await store().cancelIfNotEnded(waiting.job.id)
    const both = [done.job.id, waiting.job.id].toSorted()
    assert.deepEqual((await store().expired(later)).toSorted(), both)
    await store().markFilesDeleted([done.job.id])
    assert.deepEqual(await store().expired(later), [waiting.job.id])
  })

  it('finds the results that are kept, and marks those whose files are lost until they are there again', async () => {
    const [kept, deleted, failed] = [await suite.lease(), await suite.lease(), await suite.lease()]
    for (const leased of [kept, deleted]) await complete(leased)
    const error = new AppError('time_limit').toStoredError()
    await store().failIfStillLeased(failed.token, { outcome: 'failed', error })
    await store().requestDeletionIfKept(deleted.job.id)
    const { id, result: found } = await suite.read(kept.job.id)
    assert.ok(found)
    await until('it is found', async () => (await keptIds()).includes(id))
    assert.deepEqual(await keptIds(), [id])
    assert.deepEqual(await keptIds(fromNow(365 * 86_400_000)), [], 'those that are to be deleted are not')
    for (const result of [{ ...found, lost: true as const }, found]) {
      const before = await suite.read(id)
      const after = await suite.wrote(before, await store().recordLossIfKept({ id, result }))
      assert.deepEqual(after.result, result)
    }
    for (const { job } of [deleted, failed])
      await suite.wroteNothing(job.id, () => store().recordLossIfKept({ id: job.id, result: found }))
  })

  async function keptIds(now = new Date()): Promise<string[]> {
    const ids: string[] = []
    let after: string | undefined
    do {
      const page = await store().keptResults(now, after)
      ids.push(...page.items.map(idOf))
      after = page.next ?? undefined
    } while (after)
    return ids
  }

  it('records that files are deleted, once, and only of jobs that have ended', async () => {
    const [done, waiting, running] = [await suite.lease(), await suite.insert(), await suite.lease()]
    await store().showIfStillLeased(done.token, 'jobs/x/thumbnail-1')
    await complete(done)
    const before = await suite.read(done.job.id)
    const all = [done.job.id, waiting.job.id, running.job.id, randomUUID()]
    const [written, ...more] = await store().markFilesDeleted(all)
    assert.ok(written)
    const { id, version, state } = written
    assert.deepEqual(
      { id, version, state },
      { id: done.job.id, version: before.version + 1, state: 'completed' },
    )
    const read = await suite.read(id)
    assert.deepEqual([read.result, read.thumbnailKey, read.version], [null, null, version])
    assert.equal((await suite.read(waiting.job.id)).version, waiting.job.version)
    assert.deepEqual([...more, ...(await store().markFilesDeleted(all))], [])
    assert.deepEqual(await store().markFilesDeleted([]), [])
  })

  it('removes the rows of jobs that ended long ago and whose files are deleted', async () => {
    const start = new Date()
    const [old, kept, waiting] = [await suite.lease(), await suite.lease(), await suite.insert()]
    for (const leased of [old, kept]) await complete(leased)
    await store().markFilesDeleted([old.job.id])
    assert.equal(await store().removeEndedBefore(start), 0)
    assert.equal(await store().removeEndedBefore(fromNow(1000)), 1)
    const all = [old, kept, waiting].map(({ job }) => job.id)
    assert.deepEqual(await store().existing(all), new Set(all.slice(1)))
  })

  it('removes the row of one job whose files are deleted, and frees its key', async () => {
    const named = { owner: randomUUID(), idempotencyKey: randomUUID() }
    const done = await suite.lease(named)
    assert.equal(await store().removeIfFilesDeleted(done.job.id), false, 'it runs')
    await complete(done)
    assert.equal(await store().removeIfFilesDeleted(done.job.id), false, 'its files are there')
    await store().markFilesDeleted([done.job.id])
    assert.equal(await store().removeIfFilesDeleted(done.job.id), true)
    assert.equal(await store().get(done.job.id), undefined)
    assert.equal(await store().removeIfFilesDeleted(done.job.id), false, 'it is gone')
    await suite.insert(named)
  })
}
