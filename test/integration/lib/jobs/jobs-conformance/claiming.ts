import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import type { JobEvent } from '#lib/jobs.ts'
import { note } from '#lib/vocabulary/notes.ts'
import { until } from '#test/until.ts'
import { code, exporting, newJob, QUEUE_LIMIT, result, type Suite } from './suite.ts'

const flags = {
  damagedParts: 1,
  recalculate: false,
  macros: true,
  externalLinks: { count: 2, schemes: ['http'] },
  oleObjects: 0,
  hiddenSlides: 1,
  media: 3,
  embeddedFiles: 4,
}
const report = {
  engine: 'LibreOffice 7.4',
  seconds: { loading: 0.5, exporting: null, total: 1.2 },
  notes: [note('font_replaced', { details: { names: ['Gotham'], replacedBy: 'DejaVu Sans' } })],
}

/** Taking jobs in, delivering them, and telling of it. */
export function claimingConformance(suite: Suite): void {
  it('keeps what the scan found for the worker, and what the worker reports', async () => {
    let seen: unknown
    await suite.consume(async attempt => {
      seen = attempt.job.flags
      await attempt.completeIfStillMine(result(attempt), { report })
    })
    const { job } = await suite.jobs.create(newJob({ flags }))
    assert.deepEqual((await suite.reach(job.id, 'completed')).report, report)
    assert.deepEqual([job.flags, seen], [flags, flags])
    const { job: unseen } = await suite.jobs.create(newJob())
    assert.deepEqual([unseen.flags, unseen.report], [null, null])
    await suite.reach(unseen.id, 'completed')
  })

  it('delivers a created job, publishes its result and keeps the timeline', async () => {
    const { job } = await suite.jobs.create(newJob())
    assert.deepEqual([job.state, job.attempt, job.source.bytes], ['queued', 0, 1234])
    await suite.consume(async attempt => {
      assert.equal(attempt.claim, 1)
      assert.equal(await attempt.completeIfStillMine(result(attempt)), true)
    })
    const done = await suite.reach(job.id, 'completed')
    assert.deepEqual(done.result, result({ job, claim: 1 }))
    assert.deepEqual(
      done.timeline.map(a => [a.number, a.worker, a.outcome]),
      [[1, 'host/1', 'completed']],
    )
    assert.ok(done.version > job.version && done.finishedAt)
  })

  it('delivers each of many jobs once, never more at a time than there are slots', async () => {
    const seen: string[] = []
    let now = 0
    let most = 0
    await suite.consume(async attempt => {
      most = Math.max(most, ++now)
      seen.push(attempt.job.id)
      // Also where a claim takes longer than a job, two run side by side.
      if (seen.length === 1) await until('another one runs', async () => most > 1)
      now-- // Its last write needs no slot.
      await attempt.completeIfStillMine(result(attempt))
    })
    const created = await Promise.all(Array.from({ length: 20 }, () => suite.jobs.create(newJob())))
    for (const { job } of created) await suite.reach(job.id, 'completed')
    assert.deepEqual(seen.toSorted(), created.map(c => c.job.id).toSorted())
    assert.equal(most, 2)
  })

  it('gives the same job for the same idempotency key, also when asked at the same moment', async () => {
    const settings = newJob({ idempotencyKey: 'once' })
    const answers = await Promise.all(
      [1, 2, 3].map(() => suite.jobs.create({ ...settings, id: randomUUID() })),
    )
    assert.equal(new Set(answers.map(a => a.job.id)).size, 1)
    assert.equal(answers.filter(a => a.created).length, 1)
    const other = { ...settings, id: randomUUID(), source: { ...settings.source, sha256: 'c'.repeat(64) } }
    await assert.rejects(suite.jobs.create(other), code('idempotency_conflict'))
  })

  it('lists an owner’s jobs newest first, page by page, and nobody else’s', async () => {
    const owner = `lister-${randomUUID()}`
    const ids: string[] = []
    for (let n = 0; n < 5; n++) ids.unshift((await suite.jobs.create(newJob({ owner }))).job.id)
    const first = await suite.jobs.list({ owner, limit: 3 })
    const second = await suite.jobs.list({ owner, limit: 3, after: first.next ?? '' })
    assert.deepEqual(
      [...first.items, ...second.items].map(j => j.id),
      ids,
    )
    assert.equal(second.next, null)
    assert.deepEqual((await suite.jobs.list({ owner: 'somebody else', limit: 3 })).items, [])
  })

  it('refuses beyond the queue’s limit and stores nothing', async () => {
    const before = await suite.jobs.stats()
    for (let n = before.queued; n < QUEUE_LIMIT; n++) await suite.jobs.create(newJob())
    const late = newJob()
    await assert.rejects(suite.jobs.create(late), code('queue_full'))
    assert.equal(await suite.jobs.get(late.id), undefined)
    const positions = [...(await suite.jobs.queuePositions()).values()].map(p => p.queue.ahead)
    assert.deepEqual(
      positions,
      positions.map((_, index) => (suite.jobs.guarantees.order ? index : null)),
    )
    for (const [id, { queue }] of await suite.jobs.queuePositions())
      assert.deepEqual(await suite.jobs.queuePosition(id), queue)
    assert.equal(await suite.jobs.queuePosition(late.id), null)
    await suite.consume(async attempt => void (await attempt.completeIfStillMine(result(attempt))), {
      slots: 4,
    })
    await until('the queue is empty', async () => (await suite.jobs.stats()).queued === 0)
    assert.equal(await suite.jobs.get(late.id), undefined)
  })

  it('publishes every change and paces progress: ten ticks a second at the most, and a write', async () => {
    const events: JobEvent[] = []
    await suite.subscribe(event => events.push(event))
    let toldMs = 0
    let isWritten = false
    await suite.consume(async attempt => {
      const began = performance.now()
      // The row holds progress only while the attempt goes on.
      for (let n = 1; n <= 60 || (!isWritten && !attempt.signal.aborted); n++) {
        attempt.progress(exporting(Math.min(n, 100)))
        await new Promise(resolve => setTimeout(resolve, 20))
      }
      toldMs = performance.now() - began
      await attempt.completeIfStillMine(result(attempt))
    })
    const { job } = await suite.jobs.create(newJob())
    const written = await until(
      'progress stands in the row',
      async () => (await suite.jobs.get(job.id))?.progress,
    )
    isWritten = true
    assert.equal(written.phase, 'exporting')
    const done = await suite.reach(job.id, 'completed')
    await until('the last event came', () =>
      events.some(e => e.id === job.id && e.type === 'changed' && e.state === 'completed'),
    )
    const mine = events.filter(e => e.id === job.id)
    const states = mine.flatMap(e => (e.type === 'changed' ? [e.state] : []))
    assert.deepEqual(states, ['queued', 'running', 'completed'])
    const ticks = mine.filter(e => e.type === 'progress')
    assert.ok(ticks.length >= 5 && ticks.length <= toldMs / 100 + 2, `${ticks.length} ticks in ${toldMs} ms`)
    for (const [index, tick] of ticks.entries()) {
      const last = ticks[index - 1]
      if (last)
        assert.ok(tick.version > last.version || (tick.version === last.version && tick.tick > last.tick))
    }
    assert.equal(done.progress, null)
  })

  it('knows its workers and what hinders them', async () => {
    await suite.jobs.heartbeat({ worker: 'host/7', slots: 2, ready: false, trouble: 'bubblewrap is missing' })
    const { workers } = await suite.jobs.stats()
    assert.deepEqual(
      workers.find(w => w.worker === 'host/7'),
      { worker: 'host/7', slots: 2, ready: false, trouble: 'bubblewrap is missing' },
    )
  })
}
