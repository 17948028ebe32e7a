import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import type { LeaseToken } from '#lib/jobs/store.ts'
import type { AttemptRecord } from '#lib/jobs.ts'
import { note } from '#lib/vocabulary/notes.ts'
import { exporting, final, result, retryable } from '../jobs-conformance/suite.ts'
import { type LeasedJob, type StoreSuite, WORKER } from './store-suite.ts'

const outcomes = ({ timeline }: { timeline: AttemptRecord[] }) =>
  timeline.map(({ number, worker, outcome, errorCode }) => [number, worker, outcome, errorCode])

/** The claim, and the writes under its lease. */
export function leasedWritesConformance(suite: StoreSuite): void {
  const store = () => suite.store
  const requeue = (messageId: string, runAt: Date | null = null) =>
    ({ outcome: 'failed', error: retryable, runAt, messageId }) as const
  const writes: Record<string, (token: LeaseToken) => Promise<unknown>> = {
    renew: token => store().renewIfStillLeased(token, exporting(3)),
    show: token => store().showIfStillLeased(token, 'jobs/x/thumbnail-1'),
    complete: token => store().completeIfStillLeased(token, { result: resultOf(token) }),
    fail: token => store().failIfStillLeased(token, { outcome: 'failed', error: final }),
    requeue: token => store().requeueIfStillLeased(token, requeue(randomUUID())),
    handBack: token => store().handBackIfStillLeased(token, randomUUID()),
  }

  it('claims a waiting job by its message, which opens the timeline', async () => {
    const queued = await suite.insert()
    const { job, token } = await suite.claimed(queued)
    const read = await suite.read(job.id)
    assert.deepEqual([read.state, read.version, read.attempt, token.claim], ['running', 2, 1, 1])
    assert.deepEqual({ ...job, timeline: [] }, { ...read, timeline: [] })
    assert.deepEqual(outcomes(read), [[1, WORKER, null, null]])
    assert.deepEqual(read.timeline[0]?.startedAt, read.startedAt)
  })

  it('claims nothing by another message, for a second time, or where nothing waits', async () => {
    const queued = await suite.insert()
    const { id } = queued.job
    await suite.wroteNothing(id, () => suite.claim({ ...queued, messageId: randomUUID() }))
    await suite.claimed(queued)
    await suite.wroteNothing(id, () => suite.claim(queued, 'host/2'))
    const cancelled = await suite.insert()
    await store().cancelIfNotEnded(cancelled.job.id)
    await suite.wroteNothing(cancelled.job.id, () => suite.claim(cancelled))
    await suite.wroteNothing(randomUUID(), () =>
      suite.claim({ ...queued, job: { ...queued.job, id: randomUUID() } }),
    )
  })

  it('lets one of many claims at the same moment win', async () => {
    const queued = await suite.insert()
    const claims = await Promise.all([1, 2, 3, 4, 5].map(n => suite.claim(queued, `host/${n}`)))
    const won = claims.flatMap(job => job ?? [])
    assert.equal(won.length, 1)
    assert.deepEqual(
      [won[0]?.attempt, won[0]?.claims, (await suite.read(queued.job.id)).timeline.length],
      [1, 1, 1],
    )
  })

  it('renews a lease, with a new version only where there is progress', async () => {
    const { job, token } = await suite.lease()
    assert.equal(await store().renewIfStillLeased(token, undefined), job.version)
    assert.equal(await store().renewIfStillLeased(token, exporting(40)), job.version + 1)
    assert.equal(await store().renewIfStillLeased(token, undefined), job.version + 1)
    const read = await suite.read(job.id)
    assert.deepEqual([read.version, read.progress], [job.version + 1, exporting(40)])
  })

  it('records the picture of the first page, and keeps it when the job has ended', async () => {
    const { job, token } = await suite.lease()
    const shown = await suite.wrote(job, await store().showIfStillLeased(token, 'jobs/x/thumbnail-1'))
    assert.deepEqual([shown.state, shown.thumbnailKey], ['running', 'jobs/x/thumbnail-1'])
    const ended = await suite.wrote(
      shown,
      await store().completeIfStillLeased(token, { result: resultOf(token) }),
    )
    assert.equal(ended.thumbnailKey, 'jobs/x/thumbnail-1')
  })

  it('completes a job with result, report and the end of its timeline', async () => {
    const { job, token } = await suite.lease()
    await store().renewIfStillLeased(token, exporting(40))
    const report = {
      engine: 'LibreOffice 7.4',
      seconds: { loading: 0.5, exporting: null, total: 1.2 },
      notes: [note('font_replaced', { details: { names: ['Gotham'], replacedBy: 'DejaVu Sans' } })],
    }
    const completion = { result: resultOf(token), timings: { loadMs: 2, exportMs: 3 }, report }
    const before = await suite.read(job.id)
    const ended = await suite.wrote(before, await store().completeIfStillLeased(token, completion))
    assert.deepEqual([ended.state, ended.result, ended.progress], ['completed', completion.result, null])
    assert.deepEqual([ended.report, ended.error], [report, null])
    assert.deepEqual(outcomes(ended), [[1, WORKER, 'completed', null]])
    assert.deepEqual(ended.timeline[0]?.endedAt, ended.finishedAt)
  })

  it('fails a job with its error and its details', async () => {
    const { job, token } = await suite.lease()
    const end = { outcome: 'lost', error: final } as const
    const failed = await suite.wrote(job, await store().failIfStillLeased(token, end))
    assert.deepEqual([failed.state, failed.error, failed.progress], ['failed', final, null])
    assert.deepEqual(outcomes(failed), [[1, WORKER, 'lost', final.code]])
    assert.ok(failed.finishedAt)
  })

  it('queues a job again for another attempt, which only the new message may claim', async () => {
    const { job, token, messageId: old } = await suite.lease()
    const [messageId, runAt] = [randomUUID(), new Date(Date.now() + 60_000)]
    await store().renewIfStillLeased(token, exporting(40))
    const before = await suite.read(job.id)
    const written = await store().requeueIfStillLeased(token, requeue(messageId, runAt))
    const waiting = await suite.wrote(before, written, messageId)
    assert.deepEqual([waiting.state, waiting.attempt, waiting.progress], ['queued', 1, null])
    assert.deepEqual([waiting.runAt, waiting.error], [runAt, retryable])
    await suite.wroteNothing(job.id, () => suite.claim({ job, messageId: old }))
    const again = await suite.claimed({ job: waiting, messageId }, 'host/2')
    assert.deepEqual(
      [again.job.attempt, again.token.claim, again.job.error, again.job.runAt],
      [2, 2, null, null],
    )
    assert.deepEqual(outcomes(await suite.read(job.id)), [
      [1, WORKER, 'failed', retryable.code],
      [2, 'host/2', null, null],
    ])
  })

  it('puts a job back without counting the attempt, and lets only the new message claim it', async () => {
    const { job, token, messageId: old } = await suite.lease({ maxAttempts: 1 })
    const messageId = randomUUID()
    const back = await suite.wrote(job, await store().handBackIfStillLeased(token, messageId), messageId)
    assert.deepEqual([back.state, back.attempt, back.maxAttempts, back.claims], ['queued', 0, 1, 1])
    await suite.wroteNothing(job.id, () => suite.claim({ job, messageId: old }))
    const again = await suite.claimed({ job: back, messageId })
    assert.deepEqual([again.job.attempt, again.job.claims, again.job.maxAttempts], [1, 2, 1])
    assert.deepEqual(
      outcomes(await suite.read(job.id)).map(([number, , outcome]) => [number, outcome]),
      [
        [1, 'handed_back'],
        [1, null],
      ],
    )
    const done = await suite.wrote(
      again.job,
      await store().completeIfStillLeased(again.token, { result: resultOf(again.token) }),
    )
    assert.equal(done.timeline[0]?.outcome, 'handed_back')
    assert.equal(done.timeline[1]?.outcome, 'completed')
  })

  it('writes nothing without the lease: not claimed, another claim, ended, cancelled, queued again, removed', async () => {
    const fresh = () => suite.lease()
    const lost: Record<string, () => Promise<LeaseToken>> = {
      unclaimed: async () => ({ id: (await suite.insert()).job.id, claim: 0 }),
      'of an earlier claim': async () => {
        const first = await fresh()
        await claimAgain(first)
        return first.token
      },
      'of a later claim': async () => ({ id: (await fresh()).job.id, claim: 2 }),
      completed: async () => after(await fresh(), 'complete'),
      failed: async () => after(await fresh(), 'fail'),
      'queued again': async () => after(await fresh(), 'requeue'),
      'handed back': async () => after(await fresh(), 'handBack'),
      cancelled: async () => {
        const { token } = await fresh()
        await store().cancelIfNotEnded(token.id)
        return token
      },
      purged: async () => {
        const { token } = await fresh()
        await store().cancelIfNotEnded(token.id)
        await store().purgeIfEnded(token.id)
        return token
      },
    }
    for (const [how, lose] of Object.entries(lost)) {
      const token = await lose()
      for (const [name, write] of Object.entries(writes))
        await suite.wroteNothing(token.id, () => write(token), `${name}: the job is ${how}`)
    }
  })

  it('lets one of two last writes at the same moment win', async () => {
    for (const [one, other] of [
      ['complete', 'requeue'],
      ['fail', 'handBack'],
      ['complete', 'complete'],
    ]) {
      const { job, token } = await suite.lease()
      const written = await Promise.all([writes[one ?? '']?.(token), writes[other ?? '']?.(token)])
      assert.equal(written.filter(Boolean).length, 1)
      assert.equal((await suite.read(job.id)).version, job.version + 1)
    }
  })

  async function after({ token }: LeasedJob, write: string): Promise<LeaseToken> {
    assert.ok(await writes[write]?.(token))
    return token
  }

  async function claimAgain({ token }: LeasedJob): Promise<void> {
    const messageId = randomUUID()
    const written = await store().handBackIfStillLeased(token, messageId)
    assert.ok(written)
    await suite.claimed({ job: written.job, messageId })
  }
}

const resultOf = (token: LeaseToken) => result({ job: token, claim: token.claim })
