import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { unmeasured } from '#lib/vocabulary/job.ts'
import type { WorkerActivity } from '#lib/worker-activity.ts'
import { until } from '#test/until.ts'
import { final, result, retryable } from '../jobs-conformance/suite.ts'
import { idOf, type LeasedJob, MANY, type StoreSuite } from './store-suite.ts'

const startedAt = '2026-11-30T01:00:00.000Z'
const process = { pid: 7, startedAt, documents: 3, memoryBytes: 300_000_000 }
const activity: WorkerActivity = {
  ...{ host: 'host', startedAt },
  engines: [
    { ...process, state: 'busy', jobId: randomUUID(), progress: unmeasured('loading') },
    { ...process, state: 'starting', pid: null, memoryBytes: null },
  ],
}

/** Lists, positions, counts and the pace. */
export function readsConformance(suite: StoreSuite): void {
  const store = () => suite.store
  const unknown = randomUUID()
  /** What the list must show: at once, or soon where the store says so. */
  const listed = async (owner: string, ids: string[], batchId?: string) => {
    const read = async () => (await store().list({ owner, batchId, limit: 100 })).items.map(idOf)
    if (!store().listsAtOnce) await until('it is listed', async () => isDeepStrictEqual(await read(), ids))
    assert.deepEqual(await read(), ids)
  }

  it('names the completed jobs whose source is not to be kept', async () => {
    const [done, kept] = [await suite.lease({ keepSource: false }), await suite.lease()]
    const [running, waiting] = [
      await suite.lease({ keepSource: false }),
      await suite.insert({ keepSource: false }),
    ]
    for (const { token } of [done, kept])
      await suite.store.completeIfStillLeased(token, { result: result({ job: token, claim: token.claim }) })
    const ids = [done, kept, running, waiting].map(({ job }) => job.id)
    assert.deepEqual(await suite.store.withUnwantedSource([...ids, randomUUID()]), new Set([done.job.id]))
    assert.deepEqual(await suite.store.withUnwantedSource([]), new Set())
  })

  it('lists an owner’s jobs newest first, in pages that join, and nobody else’s', async () => {
    const owner = `owner-${randomUUID()}`
    const ids: string[] = []
    for (let n = 0; n < 5; n++) ids.unshift((await suite.insertEarlier({ owner })).job.id)
    await suite.insert()
    await listed(owner, ids)
    for (const limit of [1, 2, 5]) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const { items, next } = await store().list({ owner, limit, after })
        assert.ok(items.length <= limit && items.length > 0)
        seen.push(...items.map(idOf))
        after = next ?? undefined
      } while (after !== undefined)
      assert.deepEqual(seen, ids)
    }
    assert.deepEqual(await store().list({ owner: `owner-${randomUUID()}`, limit: 5 }), {
      items: [],
      next: null,
    })
  })

  it('goes on behind a page whose last job was changed since', async () => {
    const owner = `owner-${randomUUID()}`
    const ids: string[] = []
    for (let n = 0; n < 4; n++) ids.unshift((await suite.insertEarlier({ owner })).job.id)
    await listed(owner, ids)
    const first = await store().list({ owner, limit: 2 })
    await store().cancelIfNotEnded(ids[1] ?? '')
    const second = await store().list({ owner, limit: 2, after: first.next ?? '' })
    assert.deepEqual(second.items.map(idOf), ids.slice(2))
    assert.equal(second.next, null)
  })

  it('lists one batch of an owner', async () => {
    const [owner, batchId] = [`owner-${randomUUID()}`, randomUUID()]
    const first = await suite.insertEarlier({ owner, batchId })
    await suite.insert({ owner })
    const second = await suite.insert({ owner, batchId })
    await suite.insert({ batchId })
    await listed(owner, [second.job.id, first.job.id], batchId)
  })

  it('counts a batch: what has ended, how far the others are, and nothing of others who name its id', async () => {
    const [owner, batchId] = [`owner-${randomUUID()}`, randomUUID()]
    assert.equal(await store().batch(batchId), undefined)
    const first = await suite.insertEarlier({ owner, batchId })
    await suite.insertEarlier({ batchId })
    const [running, done] = [await suite.lease({ owner, batchId }), await suite.lease({ owner, batchId })]
    await store().renewIfStillLeased(running.token, { ...unmeasured('exporting'), percent: 40 })
    const published = result({ job: done.job, claim: done.token.claim })
    await store().completeIfStillLeased(done.token, { result: published })
    const counts = { queued: 1, running: 1, completed: 1, failed: 0, cancelled: 0 }
    const createdAt = first.job.createdAt
    const read = async () => {
      const expected = { owner, counts, version: 1 + 1 + 3 + 3, runningPercent: 40, createdAt }
      return { found: await store().batch(batchId), expected }
    }
    if (!store().listsAtOnce)
      await until('all are in it', async () => {
        const { found, expected } = await read()
        return isDeepStrictEqual(found, expected)
      })
    const { found, expected } = await read()
    assert.deepEqual(found, expected)
    const before = found?.version ?? 0
    await store().cancelIfNotEnded(first.job.id)
    const after = await store().batch(batchId)
    assert.deepEqual([after?.version, after?.counts.cancelled], [before + 1, 1])
  })

  it('knows which ids have a row', async () => {
    const { job } = await suite.insert()
    assert.deepEqual(await store().existing([job.id, unknown]), new Set([job.id]))
    assert.deepEqual(await store().existing([]), new Set())
    assert.equal(await store().get(unknown), undefined)
  })

  it('gives positions to the jobs that may start now, in the order in which they do', async () => {
    const jobs = []
    for (let n = 0; n < 4; n++) jobs.push(await suite.insert())
    const [first, second, third, fourth] = jobs.map(({ job }) => job.id)
    assert.ok(first && second && third && fourth)
    const order = async () => [...(await store().queuePositions()).keys()]
    assert.deepEqual(await order(), [first, second, third, fourth])
    const { owner, batchId } = jobs[2]?.job ?? {}
    assert.deepEqual(
      await store().queuePositions([third, unknown]),
      new Map([[third, { owner, batchId, ahead: 2 }]]),
    )
    await store().cancelIfNotEnded(second)
    const { token } = await suite.claimed(jobs[0] as LeasedJob)
    assert.deepEqual(await order(), [third, fourth])
    await store().handBackIfStillLeased(token, randomUUID())
    assert.deepEqual(await order(), [third, fourth, first], 'what waits again waits at the end')
    const later = await suite.claimed(jobs[2] as LeasedJob)
    const runAt = new Date(Date.now() + 60_000)
    const requeue = { outcome: 'failed', error: retryable, runAt, messageId: randomUUID() } as const
    await store().requeueIfStillLeased(later.token, requeue)
    assert.deepEqual(await order(), [fourth, first], 'one whose time has not come has no position')
    const positions = [...(await store().queuePositions([first, fourth, third])).values()]
    assert.deepEqual(positions.map(({ ahead }) => ahead).toSorted(), [0, 1])
  })

  it('counts what waits, runs and is dead: failed by what another attempt might have helped', async () => {
    const before = await store().counts()
    const grown = async () => {
      const { queued, running, dead, exact } = await store().counts()
      assert.equal(exact, before.exact)
      return [queued - before.queued, running - before.running, dead - before.dead]
    }
    const become = async (expected: number[]) => {
      if (!before.exact) await until('it is counted', async () => isDeepStrictEqual(await grown(), expected))
      assert.deepEqual(await grown(), expected)
    }
    const waiting = await suite.insert()
    const [one, two, three] = [await suite.lease(), await suite.lease(), await suite.lease()]
    await become([1, 3, 0])
    await store().failIfStillLeased(one.token, { outcome: 'failed', error: final })
    await store().failIfStillLeased(two.token, { outcome: 'failed', error: retryable })
    await store().failIfStillLeased(three.token, { outcome: 'lost', error: retryable })
    await become([1, 0, 2])
    const messageId = randomUUID()
    await store().retryIfEnded(two.job.id, { maxAttempts: 1, messageId, needs: null })
    await become([2, 0, 1])
    const again = await store().claimIfWaiting({ jobId: two.job.id, messageId, worker: 'host/1' })
    assert.ok(again)
    await store().completeIfStillLeased(
      { id: again.id, claim: again.claims },
      { result: result({ job: again, claim: again.claims }) },
    )
    await become([1, 0, 1])
    await store().purgeIfEnded(three.job.id)
    await store().cancelIfNotEnded(waiting.job.id)
    await become([0, 0, 0])
  })

  it('knows how long completed jobs of a kind took', async () => {
    const kind = { format: `f${randomUUID().slice(0, 8)}`, target: 'pdf' }
    const source = { format: kind.format, bytes: 777, sha256: 'd'.repeat(64) }
    const timings = { loadMs: 3000, exportMs: 1000 }
    const leased = () => suite.lease({ source })
    const [done, untimed, failed] = [await leased(), await leased(), await leased()]
    const resultOf = ({ job, token }: LeasedJob) => result({ job, claim: token.claim })
    await store().completeIfStillLeased(done.token, { result: resultOf(done), timings })
    await store().completeIfStillLeased(untimed.token, { result: resultOf(untimed) })
    await store().failIfStillLeased(failed.token, { outcome: 'failed', error: final })
    assert.deepEqual(await store().finished(kind), [{ bytes: 777, ...timings }])
    assert.deepEqual(await store().finished({ ...kind, target: 'png' }), [])
  })

  it('knows how many jobs run, and how long the latest completed ones ran', async () => {
    const before = await store().recentRuns()
    const [done, failed] = [await suite.lease(), await suite.lease()]
    assert.equal((await store().recentRuns()).running, before.running + 2)
    const written = await store().completeIfStillLeased(done.token, {
      result: result({ job: done.job, claim: done.token.claim }),
    })
    await store().failIfStillLeased(failed.token, { outcome: 'failed', error: final })
    assert.ok(written?.job.startedAt && written.job.finishedAt)
    const tookMs = written.job.finishedAt.getTime() - written.job.startedAt.getTime()
    const now = await store().recentRuns()
    assert.equal(now.running, before.running)
    assert.deepEqual(now.tookMs.toSorted(), [...before.tookMs, tookMs].toSorted())
  })

  it('knows since when the oldest of those waits that wait, and of each that is claimed since when it did', async () => {
    const isOldest = (since: Date | null) =>
      until('it is told', async () => Number((await store().counts()).oldestQueuedAt) === Number(since))
    await isOldest(null)
    const first = await suite.insertEarlier({})
    await store().insertIfBelowLimit(suite.newInsert({ needs: 'password' }), MANY)
    await isOldest(first.job.queuedAt)
    const { job, token } = await suite.claimed(first)
    assert.deepEqual(job.queuedAt, first.job.queuedAt)
    await isOldest(null)
    const messageId = randomUUID()
    const again = await suite.wrote(job, await store().handBackIfStillLeased(token, messageId), messageId)
    assert.ok(again.queuedAt > first.job.queuedAt, 'it waits anew')
    await isOldest(again.queuedAt)
    const leased = await suite.claimed({ job: again, messageId })
    const runAt = new Date(Date.now() + 60_000)
    const requeue = { outcome: 'failed', error: retryable, runAt, messageId: randomUUID() } as const
    await store().requeueIfStillLeased(leased.token, requeue)
    await isOldest(runAt)
  })

  it('knows the workers by their latest report', async () => {
    const worker = `host/${randomUUID()}`
    const status = { worker, slots: 2, ready: false, trouble: 'bubblewrap is missing' }
    const read = async () => (await store().workers()).filter(status => status.worker === worker)
    await store().heartbeat(status)
    assert.deepEqual(await read(), [status])
    const ready = { ...status, ready: true, trouble: null, sandbox: 'landlock', activity } as const
    await store().heartbeat(ready)
    assert.deepEqual(await read(), [ready])
  })
}
