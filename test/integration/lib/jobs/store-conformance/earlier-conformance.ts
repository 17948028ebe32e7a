import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import { result } from '../jobs-conformance/suite.ts'
import { type LeasedJob, MANY, type StoreSuite } from './store-suite.ts'

/** What an owner has already of the same file. */
export function earlierConformance(suite: StoreSuite): void {
  const store = () => suite.store
  const complete = ({ token }: LeasedJob) =>
    store().completeIfStillLeased(token, { result: result({ job: token, claim: token.claim }) })
  const completed = async (fields: Parameters<StoreSuite['lease']>[0]) => {
    const leased = await suite.lease(fields)
    await complete(leased)
    return leased.job
  }

  it('finds the kept results of an owner’s file for a target, where it says that it does', async () => {
    const sha256 = randomUUID().replaceAll('-', '').repeat(2)
    const mine = { owner: randomUUID(), source: { format: 'pptx', bytes: 1, sha256 } }
    const found = async () => {
      const jobs = await store().earlierResults({ owner: mine.owner, sha256, target: 'pdf' })
      return jobs.map(({ id }) => id)
    }
    const [one, deleted, expired, purged] = [
      await completed(mine),
      await completed(mine),
      await completed(mine),
      await completed(mine),
    ]
    await completed({ ...mine, owner: randomUUID() })
    await completed({ ...mine, target: 'png' })
    await completed({ ...mine, source: { ...mine.source, sha256: 'e'.repeat(64) } })
    await completed({ ...mine, sealed: 'a password' })
    await suite.lease(mine)
    const locked = suite.newInsert({ ...mine, needs: 'password' })
    await store().insertIfBelowLimit(locked, MANY)
    const messageId = randomUUID()
    const answered = await store().answerIfNeeded(locked.id, { sealed: 'a password', messageId })
    assert.ok(answered)
    await complete(await suite.claimed({ job: answered.job, messageId }))
    await store().requestDeletionIfKept(deleted.id)
    await store().markFilesDeleted([expired.id])
    await store().purgeIfEnded(purged.id)
    assert.deepEqual(await found(), store().findsEarlierResults ? [one.id] : [])
    const { token, job: latest } = await suite.lease(mine)
    await complete({ token, job: latest, messageId })
    assert.deepEqual(await found(), store().findsEarlierResults ? [latest.id, one.id] : [])
  })
}
