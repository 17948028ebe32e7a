import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import { until } from '#test/until.ts'
import { retryable } from '../jobs-conformance/suite.ts'
import { plain, type QueuedJob, type StoreSuite } from './store-suite.ts'

/** The mark of messages that are still to be sent. A store that sends them itself has none. */
export function unsentConformance(suite: StoreSuite): void {
  const store = () => suite.store
  const soon = () => new Date(Date.now() + 1000)
  const unsent = async (before = soon()) => (await store().unsent(before)).map(plain)
  const messageOf = ({ job, messageId }: QueuedJob) => ({
    id: messageId,
    body: { jobId: job.id },
    runAt: job.runAt,
  })
  const marked = async (...wanted: QueuedJob[]) =>
    assert.deepEqual(await unsent(), suite.sends ? [] : wanted.map(messageOf))
  const nextMoment = async () => {
    const now = Date.now()
    await until('the clock goes on', () => Date.now() > now)
  }

  it('marks the message of a new row until it is marked as sent', async () => {
    const first = await suite.insert()
    await nextMoment()
    const second = await suite.insert()
    await marked(first, second)
    await store().markSentIfUnsent([messageOf(first), messageOf({ ...second, messageId: randomUUID() })])
    await marked(second)
    await store().markSentIfUnsent([first, second].map(messageOf))
    await marked()
    assert.equal((await suite.read(first.job.id)).version, 1, 'the mark is no change of the job')
    assert.ok(await suite.claim(first))
  })

  it('shows marks only from before the given time', async () => {
    const start = new Date()
    const job = await suite.insert()
    assert.deepEqual(await unsent(start), [])
    await marked(job)
  })

  it('takes the mark from a job that was claimed or cancelled: it needs no message', async () => {
    const [claimed, cancelled] = [await suite.insert(), await suite.insert()]
    const leased = await suite.claimed(claimed)
    await marked(cancelled)
    await store().cancelIfNotEnded(cancelled.job.id)
    await marked()
    await store().markSentIfUnsent([claimed, cancelled].map(messageOf))
    assert.equal((await suite.read(leased.job.id)).state, 'running')
  })

  it('marks the new message of every job that waits again, oldest first, and never an old one', async () => {
    const [requeued, handedBack, retried] = [await suite.lease(), await suite.lease(), await suite.insert()]
    await store().cancelIfNotEnded(retried.job.id)
    await nextMoment()
    const waiting = await suite.insert()
    await nextMoment()
    const retry = { maxAttempts: 1, messageId: randomUUID(), needs: null }
    const again = await store().retryIfEnded(retried.job.id, retry)
    await nextMoment()
    const back = randomUUID()
    const handed = await store().handBackIfStillLeased(handedBack.token, back)
    await nextMoment()
    const requeue = {
      ...({ outcome: 'failed', error: retryable } as const),
      ...{ runAt: new Date(Date.now() + 5000), messageId: randomUUID() },
    }
    const queued = await store().requeueIfStillLeased(requeued.token, requeue)
    assert.ok(again && handed && queued)
    const all = [
      waiting,
      { job: again.job, messageId: retry.messageId },
      { job: handed.job, messageId: back },
      { job: queued.job, messageId: requeue.messageId },
    ]
    await marked(...all)
    await store().markSentIfUnsent([requeued, handedBack, retried].map(messageOf))
    await marked(...all)
    await store().markSentIfUnsent(all.map(messageOf))
    await marked()
  })
}
