import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type Attempt, type JobEvent, resultKey } from '#lib/jobs.ts'
import { until } from '#test/until.ts'
import { code, exporting, final, hold, newJob, result, retryable, type Suite } from './suite.ts'

/** Attempts that fail, die or stop. */
export function attemptsConformance(suite: Suite): void {
  it('tries again after a backoff what may succeed next time', async () => {
    await suite.consume(async attempt => {
      if (attempt.job.attempt === 1) await attempt.failIfStillMine(retryable)
      else await attempt.completeIfStillMine(result(attempt))
    })
    const { job } = await suite.jobs.create(newJob())
    const waiting = await until('a later attempt waits', async () => {
      const now = await suite.jobs.get(job.id)
      return now?.state === 'queued' && now.attempt === 1 && now
    })
    assert.ok(waiting.runAt && waiting.runAt.getTime() > Date.now())
    assert.equal(waiting.error?.code, 'engine_crashed')
    const done = await suite.reach(job.id, 'completed')
    assert.deepEqual(
      done.timeline.map(a => a.outcome),
      ['failed', 'completed'],
    )
    assert.ok((done.timeline[1]?.startedAt ?? 0) >= waiting.runAt, 'it did not start before its time')
  })

  it('ends at once what no other try can help, and leaves no dead letter', async () => {
    const { dead } = await suite.jobs.stats()
    await suite.consume(async attempt => void (await attempt.failIfStillMine(final)))
    const { job } = await suite.jobs.create(newJob())
    const failed = await suite.reach(job.id, 'failed')
    assert.deepEqual([failed.attempt, failed.error?.code], [1, 'corrupt_file'])
    assert.deepEqual(failed.error, final, 'its details are kept')
    assert.equal((await suite.jobs.stats()).dead, dead)
  })

  it('fails after the last attempt and counts as a dead letter', async () => {
    const { dead } = await suite.jobs.stats()
    await suite.consume(async attempt => void (await attempt.failIfStillMine(retryable)))
    const { job } = await suite.jobs.create(newJob({ maxAttempts: 1 }))
    await suite.reach(job.id, 'failed')
    assert.equal((await suite.jobs.stats()).dead, dead + 1)
  })

  it('gives a dead worker’s job to another, and refuses every late write of the zombie', async () => {
    const zombies: Attempt[] = []
    await suite.consume(
      async attempt => {
        if (attempt.job.attempt > 1) return void (await attempt.completeIfStillMine(result(attempt)))
        await hold(zombies)(attempt)
      },
      { slots: 2 },
    )
    const { job } = await suite.jobs.create(newJob())
    const zombie = await until('it runs', () => zombies[0])
    assert.deepEqual(await suite.jobs.rescue('host/1'), [job.id])
    const done = await suite.reach(job.id, 'completed')
    assert.equal(await zombie.completeIfStillMine(result(zombie)), false)
    assert.equal(await zombie.failIfStillMine(final), false)
    assert.equal(await zombie.handBackIfStillMine(), false)
    assert.equal((await suite.jobs.get(job.id))?.result?.key, resultKey(job.id, 2))
    assert.deepEqual(
      done.timeline.map(a => a.outcome),
      ['lost', 'completed'],
    )
  })

  it('counts no attempt for a job that is handed back when a worker stops', async () => {
    const consumer = await suite.consume(
      async attempt => {
        await new Promise(resolve => attempt.signal.addEventListener('abort', resolve))
        assert.equal(attempt.signal.reason, 'stopping')
        await attempt.handBackIfStillMine()
      },
      { worker: 'host/leaving' },
    )
    const { job } = await suite.jobs.create(newJob({ maxAttempts: 1 }))
    await suite.reach(job.id, 'running')
    await consumer.stop(10)
    const back = await suite.jobs.get(job.id)
    assert.deepEqual([back?.state, back?.attempt, back?.maxAttempts], ['queued', 0, 1])
    await suite.consume(async attempt => void (await attempt.completeIfStillMine(result(attempt))))
    const done = await suite.reach(job.id, 'completed')
    assert.deepEqual([done.attempt, done.maxAttempts], [1, 1])
    assert.deepEqual(
      done.timeline.map(a => [a.number, a.outcome]),
      [
        [1, 'handed_back'],
        [1, 'completed'],
      ],
    )
  })

  it('counts the attempt of a worker that died, before and after a hand-back, and lets none write late', async () => {
    const held: Attempt[] = []
    await suite.consume(hold(held), { slots: 4 })
    const { job } = await suite.jobs.create(newJob({ maxAttempts: 2 }))
    const begun = (count: number) => until(`attempt ${count} runs`, () => held[count - 1])
    const first = await begun(1)
    await suite.jobs.rescue('host/1')
    assert.equal(await (await begun(2)).handBackIfStillMine(), true)
    const third = await begun(3)
    assert.deepEqual([third.job.attempt, third.job.maxAttempts], [2, 2])
    for (const late of [first, await begun(2)])
      assert.equal(await late.completeIfStillMine(result(late)), false)
    await suite.jobs.rescue('host/1')
    const failed = await suite.reach(job.id, 'failed')
    assert.deepEqual([failed.attempt, failed.maxAttempts, failed.error?.code], [2, 2, 'worker_lost'])
    assert.deepEqual(
      failed.timeline.map(a => [a.number, a.outcome]),
      [
        [1, 'lost'],
        [2, 'handed_back'],
        [2, 'lost'],
      ],
    )
    assert.equal((await suite.jobs.retry(job.id, 2)).maxAttempts, 4)
    await suite.jobs.cancel(job.id)
  })

  it('lets a running attempt finish when a worker stops within its grace', async () => {
    let release = () => {}
    const consumer = await suite.consume(async attempt => {
      await new Promise<void>(resolve => {
        release = resolve
      })
      await attempt.completeIfStillMine(result(attempt))
    })
    const { job } = await suite.jobs.create(newJob())
    await suite.reach(job.id, 'running')
    const stopped = consumer.stop(10_000)
    release()
    await stopped
    assert.equal((await suite.jobs.get(job.id))?.state, 'completed')
  })

  it('gives a failed job another round of attempts, numbered on', async () => {
    const numbers: number[] = []
    await suite.consume(async attempt => {
      numbers.push(attempt.job.attempt)
      if (attempt.job.attempt === 1) await attempt.failIfStillMine(final)
      else await attempt.completeIfStillMine(result(attempt))
    })
    const { job } = await suite.jobs.create(newJob({ maxAttempts: 1 }))
    await suite.reach(job.id, 'failed')
    const again = await suite.jobs.retry(job.id, 2)
    assert.deepEqual([again.state, again.maxAttempts, again.error], ['queued', 3, null])
    await suite.reach(job.id, 'completed')
    assert.deepEqual(numbers, [1, 2])
    await assert.rejects(suite.jobs.retry(job.id, 1), code('not_retryable'))
  })

  it('shows a picture of the first page while the attempt goes on, and a zombie’s not at all', async () => {
    const attempts: Attempt[] = []
    const events: JobEvent[] = []
    await suite.subscribe(event => events.push(event))
    await suite.consume(hold(attempts))
    const { job } = await suite.jobs.create(newJob())
    const attempt = await until('it runs', () => attempts[0])
    assert.equal(await attempt.showIfStillMine('jobs/x/thumbnail-1'), true)
    const shown = await suite.jobs.get(job.id)
    assert.deepEqual([shown?.state, shown?.thumbnailKey], ['running', 'jobs/x/thumbnail-1'])
    attempt.progress(exporting(1))
    const tick = await until('a tick after the picture', () =>
      events.find(e => e.type === 'progress' && e.id === job.id),
    )
    assert.ok(
      tick.type === 'progress' && tick.version >= (shown?.version ?? 0),
      'the tick is not older than the picture',
    )
    await suite.jobs.cancel(job.id)
    assert.equal(await attempt.showIfStillMine('jobs/x/thumbnail-2'), false)
    assert.equal((await suite.jobs.get(job.id))?.thumbnailKey, 'jobs/x/thumbnail-1')
  })

  it('learns the pace of a format from the timings of completed jobs', async () => {
    const kind = { format: 'odp', target: 'pdf', bytes: 1000 }
    assert.deepEqual(await suite.jobs.pace(kind), { loadShare: null, seconds: null })
    await suite.consume(
      async attempt =>
        void (await attempt.completeIfStillMine(result(attempt), {
          timings: { loadMs: 3000, exportMs: 1000 },
        })),
    )
    const source = { format: 'odp', bytes: 1200, sha256: 'd'.repeat(64) }
    const created = await Promise.all([1, 2, 3, 4, 5].map(() => suite.jobs.create(newJob({ source }))))
    for (const { job } of created) await suite.reach(job.id, 'completed')
    assert.deepEqual(await suite.jobs.pace(kind), { loadShare: 0.75, seconds: { low: 4, high: 4 } })
    assert.deepEqual(await suite.jobs.pace({ ...kind, target: 'png' }), { loadShare: null, seconds: null })
  })
}
