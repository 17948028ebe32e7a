import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import { final, retryable } from '../jobs-conformance/suite.ts'
import { type StoreSuite, WORKER } from './store-suite.ts'

/** What the log said of attempts that failed. */
export function attemptLogsConformance(suite: StoreSuite): void {
  it('keeps what the log said of each failed attempt, until the job is purged', async () => {
    const { job, token } = await suite.lease()
    const messageId = randomUUID()
    const requeue = {
      outcome: 'failed',
      error: retryable,
      log: 'first “words”\nlast',
      runAt: null,
      messageId,
    } as const
    await suite.store.requeueIfStillLeased(token, requeue)
    const claimed = await suite.store.claimIfWaiting({ jobId: job.id, messageId, worker: WORKER })
    assert.ok(claimed)
    const again = { id: job.id, claim: claimed.claims }
    await suite.store.failIfStillLeased(again, { outcome: 'failed', error: final, log: 'the end' })
    const logs = async () => (await suite.read(job.id)).timeline.map(({ log }) => log)
    assert.deepEqual(await logs(), ['first “words”\nlast', 'the end'])
    await suite.store.purgeIfEnded(job.id)
    assert.deepEqual(await logs(), [undefined, undefined])
  })

  it('says nothing where nothing was said', async () => {
    const { job, token } = await suite.lease()
    await suite.store.failIfStillLeased(token, { outcome: 'failed', error: final })
    assert.equal('log' in ((await suite.read(job.id)).timeline[0] ?? {}), false)
  })
}
