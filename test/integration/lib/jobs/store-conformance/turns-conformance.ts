import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import type { AwaitedMessage } from '#lib/jobs/store.ts'
import type { Job } from '#lib/jobs.ts'
import { retryable } from '../jobs-conformance/suite.ts'
import { idOf, MANY, type QueuedJob, type StoreSuite } from './store-suite.ts'

const awaitedBy = ({ job, messageId }: QueuedJob): AwaitedMessage => ({ jobId: job.id, messageId })
const later = () => new Date(Date.now() + 60_000)

/** The order of the jobs that wait, and the messages by which they start. */
export function turnsConformance(suite: StoreSuite): void {
  const store = () => suite.store
  const order = async () => [...(await store().queuePositions()).keys()]
  const idsOf = (...queued: QueuedJob[]) => queued.map(({ job }) => job.id)

  /** Inserts a job of each of these owners. */
  async function insertOf(...owners: string[]): Promise<QueuedJob[]> {
    const queued: QueuedJob[] = []
    for (const owner of owners) queued.push(await suite.insert({ owner }))
    return queued
  }

  async function insertSent(...owners: string[]): Promise<QueuedJob[]> {
    const queued = await insertOf(...owners)
    await markSent(...queued)
    return queued
  }

  const markSent = (...queued: QueuedJob[]) =>
    store().markSentIfUnsent(queued.map(({ job, messageId }) => ({ id: messageId, body: { jobId: job.id } })))

  async function requeue(queued: QueuedJob, runAt: Date | null): Promise<QueuedJob> {
    const { token } = await suite.claimed(queued)
    const messageId = randomUUID()
    const end = { outcome: 'failed', error: retryable, runAt, messageId } as const
    const written = await store().requeueIfStillLeased(token, end)
    assert.ok(written)
    return { job: written.job, messageId }
  }

  it('lets an owner’s first job wait for one of each other owner, and keeps each owner’s order', async () => {
    const [a1, a2, a3, a4, b1, c1, c2, b2] = await insertOf('a', 'a', 'a', 'a', 'b', 'c', 'c', 'b')
    assert.ok(a1 && a2 && a3 && a4 && b1 && c1 && c2 && b2)
    assert.deepEqual(await order(), idsOf(a1, b1, c1, a2, c2, b2, a3, a4))
    const positions = await store().queuePositions(idsOf(b1, a4))
    assert.deepEqual([...positions.values()].map(({ ahead }) => ahead).toSorted(), [1, 7])
  })

  it('puts a job that waits last behind all that wait, and in front of later turns alone', async () => {
    const before = await insertOf('a', 'a', 'a')
    const last = await suite.insert({ owner: 'nobody', waitsLast: true })
    const [newcomer, ownNext] = [await suite.insert({ owner: 'b' }), await suite.insert({ owner: 'a' })]
    const [a1, a2, a3] = before
    assert.ok(a1 && a2 && a3)
    assert.deepEqual(await order(), idsOf(a1, newcomer, a2, a3, last, ownNext))
  })

  it('lets everybody’s turn come though somebody new comes for each job that starts', async () => {
    const waiting = new Map((await insertOf('a', 'a', 'a', 'a')).map(queued => [queued.job.id, queued]))
    const owners: string[] = []
    for (let start = 0; start < 16; start++) {
      const [newcomer] = await insertOf(`owner-${start}`)
      if (newcomer) waiting.set(newcomer.job.id, newcomer)
      const first = waiting.get((await order())[0] ?? '')
      assert.ok(first)
      await suite.claimed(first)
      owners.push(first.job.owner)
    }
    assert.equal(owners.filter(owner => owner === 'a').length, 4, owners.join(' '))
  })

  it('begins anew where nobody waits', async () => {
    for (const { job } of await insertOf('a', 'a', 'a')) await store().cancelIfNotEnded(job.id)
    const [a, b] = await insertOf('a', 'b')
    assert.ok(a && b)
    assert.deepEqual(await order(), idsOf(a, b))
    const [next] = await insertOf('a')
    assert.ok(next)
    assert.deepEqual(await order(), idsOf(a, b, next))
  })

  it('puts a job that waits again behind its owner’s others, and before the turns of those who have more', async () => {
    const [a1, b1, a2] = await insertOf('a', 'b', 'a')
    const [, , , c4] = await insertOf('c', 'c', 'c', 'c')
    assert.ok(a1 && b1 && a2 && c4)
    const { token } = await suite.claimed(a1)
    await store().handBackIfStillLeased(token, randomUUID())
    const back = (await order()).indexOf(a1.job.id)
    assert.ok(back > (await order()).indexOf(a2.job.id))
    assert.ok(back < (await order()).indexOf(c4.job.id))
    await store().cancelIfNotEnded(b1.job.id)
    await store().retryIfEnded(b1.job.id, { maxAttempts: 1, messageId: randomUUID(), needs: null })
    const again = await order()
    assert.ok(again.indexOf(b1.job.id) < again.indexOf(c4.job.id))
  })

  it('counts turns from jobs that may start at once, so that one with a time holds nobody’s back', async () => {
    const [early] = await insertOf('early')
    assert.ok(early)
    await requeue(early, later())
    const [a1, a2] = await insertOf('a', 'a')
    assert.ok(a1 && a2)
    await suite.claimed(a1)
    const [newcomer] = await insertOf('b')
    assert.ok(newcomer)
    const now = await order()
    assert.ok(now.indexOf(newcomer.job.id) > now.indexOf(a2.job.id), 'the lowest turn is that of a2')
  })

  it('gives messages the priority of their turn', async () => {
    const priorities: unknown[] = []
    for (const owner of ['a', 'a', 'b', 'a']) {
      const written = await store().insertIfBelowLimit(suite.newInsert({ owner }), MANY)
      priorities.push(written?.unsent?.priority)
    }
    if (!suite.sends) assert.deepEqual(priorities, [-1, -3, -2, -5])
  })

  it('finds the job that is first in turn for the message of another one', async () => {
    const [a1, a2, b1] = await insertSent('a', 'a', 'b')
    assert.ok(a1 && a2 && b1)
    const first = (queued: QueuedJob) => store().firstInTurn(awaitedBy(queued))
    assert.equal(await first(a1), undefined, 'it is the first itself')
    for (const other of [a2, b1]) assert.deepEqual(await first(other), awaitedBy(a1))
    await suite.claimed(a1)
    assert.equal(await first(a1), undefined, 'it waits no more')
    assert.equal(await first(b1), undefined)
    assert.deepEqual(await first(a2), awaitedBy(b1))
    assert.equal(await first({ ...a2, messageId: randomUUID() }), undefined, 'no job waits for this message')
    await store().cancelIfNotEnded(b1.job.id)
    assert.equal(await first(a2), undefined)
  })

  it('finds no job first in turn whose time has not come, or whose message is still to be sent', async () => {
    const [timed, a1, a2] = await insertSent('timed', 'a', 'a')
    assert.ok(timed && a1 && a2)
    await markSent(await requeue(timed, later()))
    assert.deepEqual(await store().firstInTurn(awaitedBy(a2)), awaitedBy(a1))
    const messageId = randomUUID()
    assert.ok(await store().reissueIfWaiting(awaitedBy(a1), messageId))
    assert.equal(await store().firstInTurn(awaitedBy(a2)), undefined)
    await markSent({ ...a1, messageId })
    assert.deepEqual(await store().firstInTurn(awaitedBy(a2)), { jobId: a1.job.id, messageId })
  })

  it('gives a waiting job another message, which is to be sent, without a change that users see', async () => {
    const [queued] = await insertSent('a')
    assert.ok(queued)
    const before: Job = await suite.read(queued.job.id)
    const messageId = randomUUID()
    const message = await store().reissueIfWaiting(awaitedBy(queued), messageId)
    assert.deepEqual([message?.id, message?.body, message?.priority], [messageId, { jobId: before.id }, -1])
    assert.deepEqual(await suite.read(before.id), before)
    assert.deepEqual((await store().unsent(later())).map(idOf), [messageId])
    await suite.wroteNothing(before.id, () => suite.claim(queued), 'a claim by the old message')
    assert.ok(await suite.claim({ ...queued, messageId }))
    assert.deepEqual(await store().unsent(later()), [])
  })

  it('gives no other message to a job that does not wait for this one', async () => {
    const [waiting, running, cancelled] = await insertSent('a', 'a', 'a')
    assert.ok(waiting && running && cancelled)
    await suite.claimed(running)
    await store().cancelIfNotEnded(cancelled.job.id)
    const unknown = { job: { ...waiting.job, id: randomUUID() }, messageId: randomUUID() }
    for (const queued of [{ ...waiting, messageId: randomUUID() }, running, cancelled, unknown])
      await suite.wroteNothing(queued.job.id, () => store().reissueIfWaiting(awaitedBy(queued), randomUUID()))
    assert.deepEqual(await store().unsent(later()), [])
  })
}
