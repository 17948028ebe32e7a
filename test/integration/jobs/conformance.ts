import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, describe, it } from 'node:test'
import { AppError } from '#lib/errors.ts'
import type { Attempt, JobEvent, Jobs, NewJob, Progress, Working } from '#lib/jobs.ts'
import { until } from '#test/until.ts'

export interface OpenJobs {
  open(options: { queueLimit: number }): Promise<Jobs>
  close?(): Promise<void>
}

const QUEUE_LIMIT = 40

export function newJob(fields: Partial<NewJob> = {}): NewJob {
  return {
    id: randomUUID(),
    batchId: randomUUID(),
    owner: `owner-${randomUUID()}`,
    fileName: 'deck.pptx',
    source: { format: 'pptx', bytes: 1234, sha256: 'a'.repeat(64) },
    target: 'pdf',
    maxAttempts: 3,
    expiresAt: new Date(Date.now() + 3_600_000),
    ...fields,
  }
}

const result = (key = 'jobs/x/result-1') => ({
  key,
  fileName: 'deck.pdf',
  bytes: 10,
  pages: 2,
  sha256: 'b'.repeat(64),
})
const retryable = new AppError('engine_crashed').toJobError()
const final = new AppError('corrupt_file', { details: { reason: 'it is cut off' } }).toJobError()
const exporting = (current: number): Progress => ({
  phase: 'exporting',
  current,
  total: 100,
  unit: 'slide',
  percent: current,
  indeterminate: false,
})
const code = (expected: string) => (error: unknown) => error instanceof AppError && error.code === expected

/** What every implementation of Jobs must keep. */
export function jobsConformance(name: string, implementation: OpenJobs): void {
  describe(`${name} keeps the contract of Jobs`, () => {
    let jobs: Jobs
    const crews: Working[] = []
    before(async () => {
      jobs = await implementation.open({ queueLimit: QUEUE_LIMIT })
    })
    afterEach(async () => {
      for (const crew of crews.splice(0)) await crew.stop(0)
    })
    after(async () => {
      await jobs.close()
      await implementation.close?.()
    })

    const work = async (
      run: (attempt: Attempt) => Promise<void>,
      options: { worker?: string; slots?: number } = {},
    ) => {
      const crew = await jobs.work(run, { worker: options.worker ?? 'host/1', slots: options.slots ?? 2 })
      crews.push(crew)
      return crew
    }
    const reach = (id: string, state: string) =>
      until(
        `job ${id} is ${state}`,
        async () => (await jobs.get(id))?.state === state && (await jobs.get(id)),
      )
    /** Runs until its signal aborts, and remembers the attempt for late writes. */
    const hold = (attempts: Attempt[]) => async (attempt: Attempt) => {
      attempts.push(attempt)
      await new Promise(resolve => attempt.signal.addEventListener('abort', resolve))
    }

    it('delivers a created job, publishes its result and keeps the timeline', async () => {
      const { job } = await jobs.create(newJob())
      assert.deepEqual([job.state, job.attempt, job.source.bytes], ['queued', 0, 1234])
      await work(async attempt => {
        assert.equal(attempt.number, 1)
        assert.equal(await attempt.completeIfStillMine(result()), true)
      })
      const done = await reach(job.id, 'completed')
      assert.deepEqual(done.result, result())
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
      await work(async attempt => {
        most = Math.max(most, ++now)
        seen.push(attempt.job.id)
        await new Promise(resolve => setTimeout(resolve, 5))
        await attempt.completeIfStillMine(result())
        now--
      })
      const created = await Promise.all(Array.from({ length: 20 }, () => jobs.create(newJob())))
      for (const { job } of created) await reach(job.id, 'completed')
      assert.deepEqual(seen.toSorted(), created.map(c => c.job.id).toSorted())
      assert.equal(most, 2)
    })

    it('gives the same job for the same idempotency key, also when asked at the same moment', async () => {
      const wish = newJob({ idempotencyKey: 'once' })
      const answers = await Promise.all([1, 2, 3].map(() => jobs.create({ ...wish, id: randomUUID() })))
      assert.equal(new Set(answers.map(a => a.job.id)).size, 1)
      assert.equal(answers.filter(a => a.created).length, 1)
      const other = { ...wish, id: randomUUID(), source: { ...wish.source, sha256: 'c'.repeat(64) } }
      await assert.rejects(jobs.create(other), code('idempotency_conflict'))
    })

    it('lists an owner’s jobs newest first, page by page, and nobody else’s', async () => {
      const owner = `lister-${randomUUID()}`
      const ids: string[] = []
      for (let n = 0; n < 5; n++) ids.unshift((await jobs.create(newJob({ owner }))).job.id)
      const first = await jobs.list({ owner, limit: 3 })
      const second = await jobs.list({ owner, limit: 3, after: first.next ?? '' })
      assert.deepEqual(
        [...first.items, ...second.items].map(j => j.id),
        ids,
      )
      assert.equal(second.next, null)
      assert.deepEqual((await jobs.list({ owner: 'somebody else', limit: 3 })).items, [])
    })

    it('refuses beyond the queue’s limit and stores nothing', async () => {
      const before = await jobs.stats()
      for (let n = before.queued; n < QUEUE_LIMIT; n++) await jobs.create(newJob())
      const late = newJob()
      await assert.rejects(jobs.create(late), code('queue_full'))
      assert.equal(await jobs.get(late.id), undefined)
      const places = [...(await jobs.places()).values()].map(p => p.ahead)
      assert.deepEqual(
        places,
        places.map((_, index) => index),
      )
      await work(async attempt => void (await attempt.completeIfStillMine(result())), { slots: 4 })
      await until('the queue is empty', async () => (await jobs.stats()).queued === 0)
      assert.equal(await jobs.get(late.id), undefined)
    })

    it('tries again after a backoff what may succeed next time', async () => {
      await work(async attempt => {
        if (attempt.number === 1) await attempt.failIfStillMine(retryable)
        else await attempt.completeIfStillMine(result())
      })
      const { job } = await jobs.create(newJob())
      const waiting = await until('a later attempt waits', async () => {
        const now = await jobs.get(job.id)
        return now?.state === 'queued' && now.attempt === 1 && now
      })
      assert.ok(waiting.runAt && waiting.runAt.getTime() > Date.now())
      assert.equal(waiting.error?.code, 'engine_crashed')
      const done = await reach(job.id, 'completed')
      assert.deepEqual(
        done.timeline.map(a => a.outcome),
        ['failed', 'completed'],
      )
      assert.ok((done.timeline[1]?.startedAt ?? 0) >= waiting.runAt, 'it did not start before its time')
    })

    it('ends at once what no other try can help, and leaves no dead letter', async () => {
      const { dead } = await jobs.stats()
      await work(async attempt => void (await attempt.failIfStillMine(final)))
      const { job } = await jobs.create(newJob())
      const failed = await reach(job.id, 'failed')
      assert.deepEqual([failed.attempt, failed.error?.code], [1, 'corrupt_file'])
      assert.equal((await jobs.stats()).dead, dead)
    })

    it('fails after the last attempt and puts the message into the dead-letter queue', async () => {
      const { dead } = await jobs.stats()
      await work(async attempt => void (await attempt.failIfStillMine(retryable)))
      const { job } = await jobs.create(newJob({ maxAttempts: 1 }))
      await reach(job.id, 'failed')
      assert.equal((await jobs.stats()).dead, dead + 1)
    })

    it('never delivers a job that was cancelled while it waited', async () => {
      const { job } = await jobs.create(newJob())
      assert.equal((await jobs.cancel(job.id)).state, 'cancelled')
      const seen: string[] = []
      await work(async attempt => {
        seen.push(attempt.job.id)
        await attempt.completeIfStillMine(result())
      })
      const { job: next } = await jobs.create(newJob())
      await reach(next.id, 'completed')
      assert.deepEqual(seen, [next.id])
      await assert.rejects(jobs.cancel(job.id), code('job_finished'))
      await assert.rejects(jobs.cancel(randomUUID()), code('job_not_found'))
    })

    it('tells a running attempt within 2 s that its job was cancelled, and refuses its late result', async () => {
      const attempts: Attempt[] = []
      await work(hold(attempts))
      const { job } = await jobs.create(newJob())
      const attempt = await until('it runs', () => attempts[0])
      await jobs.cancel(job.id)
      await until('the attempt hears it', () => attempt.signal.aborted, 2_000)
      assert.equal(attempt.signal.reason, 'cancelled')
      assert.equal(await attempt.completeIfStillMine(result()), false)
      assert.equal((await jobs.get(job.id))?.result, null)
    })

    it('gives a dead worker’s job to another, and refuses every late write of the zombie', async () => {
      const zombies: Attempt[] = []
      await work(
        async attempt => {
          if (attempt.number > 1) return void (await attempt.completeIfStillMine(result('second')))
          await hold(zombies)(attempt)
        },
        { slots: 2 },
      )
      const { job } = await jobs.create(newJob())
      const zombie = await until('it runs', () => zombies[0])
      assert.deepEqual(await jobs.rescue('host/1'), [job.id])
      const done = await reach(job.id, 'completed')
      assert.equal(await zombie.completeIfStillMine(result('first')), false)
      assert.equal(await zombie.failIfStillMine(final), false)
      assert.equal(await zombie.handBackIfStillMine(), false)
      assert.equal((await jobs.get(job.id))?.result?.key, 'second')
      assert.deepEqual(
        done.timeline.map(a => a.outcome),
        ['lost', 'completed'],
      )
    })

    it('counts no attempt for a job that is handed back when a worker stops', async () => {
      const crew = await work(
        async attempt => {
          await new Promise(resolve => attempt.signal.addEventListener('abort', resolve))
          assert.equal(attempt.signal.reason, 'stopping')
          await attempt.handBackIfStillMine()
        },
        { worker: 'host/leaving' },
      )
      const { job } = await jobs.create(newJob({ maxAttempts: 1 }))
      await reach(job.id, 'running')
      await crew.stop(10)
      assert.equal((await jobs.get(job.id))?.state, 'queued')
      await work(async attempt => void (await attempt.completeIfStillMine(result())))
      const done = await reach(job.id, 'completed')
      assert.deepEqual(
        done.timeline.map(a => a.outcome),
        ['handed_back', 'completed'],
      )
    })

    it('lets a running attempt finish when a worker stops within its grace', async () => {
      let release = () => {}
      const crew = await work(async attempt => {
        await new Promise<void>(resolve => {
          release = resolve
        })
        await attempt.completeIfStillMine(result())
      })
      const { job } = await jobs.create(newJob())
      await reach(job.id, 'running')
      const stopped = crew.stop(10_000)
      release()
      await stopped
      assert.equal((await jobs.get(job.id))?.state, 'completed')
    })

    it('gives a failed job another round of attempts, numbered on', async () => {
      const numbers: number[] = []
      await work(async attempt => {
        numbers.push(attempt.number)
        if (attempt.number === 1) await attempt.failIfStillMine(final)
        else await attempt.completeIfStillMine(result())
      })
      const { job } = await jobs.create(newJob({ maxAttempts: 1 }))
      await reach(job.id, 'failed')
      const again = await jobs.retry(job.id, 2)
      assert.deepEqual([again.state, again.maxAttempts, again.error], ['queued', 3, null])
      await reach(job.id, 'completed')
      assert.deepEqual(numbers, [1, 2])
      await assert.rejects(jobs.retry(job.id, 1), code('not_retryable'))
    })

    it('tells every change and paces progress: ten ticks a second, one write', async () => {
      const events: JobEvent[] = []
      const watching = await jobs.watch(
        event => events.push(event),
        () => {},
      )
      await work(async attempt => {
        for (let n = 1; n <= 60; n++) {
          attempt.progress(exporting(n))
          await new Promise(resolve => setTimeout(resolve, 20))
        }
        await attempt.completeIfStillMine(result())
      })
      const { job } = await jobs.create(newJob())
      const written = await until(
        'progress stands in the row',
        async () => (await jobs.get(job.id))?.progress,
        3_000,
      )
      assert.equal(written.phase, 'exporting')
      const done = await reach(job.id, 'completed')
      await until('the last event came', () =>
        events.some(e => e.id === job.id && e.type === 'changed' && e.state === 'completed'),
      )
      await watching.stop()
      const mine = events.filter(e => e.id === job.id)
      const states = mine.flatMap(e => (e.type === 'changed' ? [e.state] : []))
      assert.deepEqual(states, ['queued', 'running', 'completed'])
      const ticks = mine.filter(e => e.type === 'progress')
      assert.ok(ticks.length >= 5 && ticks.length <= 20, `${ticks.length} ticks in 1.2 s`)
      for (const [index, tick] of ticks.entries()) {
        const last = ticks[index - 1]
        if (last)
          assert.ok(tick.version > last.version || (tick.version === last.version && tick.tick > last.tick))
      }
      assert.equal(done.progress, null)
    })

    it('forgets files when their time is over, and rows when history is', async () => {
      await work(async attempt => void (await attempt.completeIfStillMine(result())))
      const { job } = await jobs.create(newJob({ expiresAt: new Date(Date.now() + 1) }))
      await reach(job.id, 'completed')
      const { expired } = await jobs.maintain(new Date(Date.now() + 1000))
      assert.ok(expired.includes(job.id))
      await jobs.forgetFiles([job.id])
      assert.equal((await jobs.get(job.id))?.result, null)
      assert.deepEqual((await jobs.maintain(new Date(Date.now() + 1000))).expired, [])
      assert.deepEqual(await jobs.known([job.id, randomUUID()]), new Set([job.id]))
      await jobs.maintain(new Date(Date.now() + 40 * 86_400_000))
      assert.equal(await jobs.get(job.id), undefined)
    })

    it('removes a job at once, whatever it is doing', async () => {
      const attempts: Attempt[] = []
      await work(hold(attempts))
      const { job } = await jobs.create(newJob())
      const attempt = await until('it runs', () => attempts[0])
      await jobs.remove(job.id)
      await until('the attempt stops', () => attempt.signal.aborted, 2_000)
      assert.equal(await attempt.completeIfStillMine(result()), false)
      assert.equal(await jobs.get(job.id), undefined)
      await assert.rejects(jobs.remove(job.id), code('job_not_found'))
    })

    it('knows its workers and what hinders them', async () => {
      await jobs.report({ worker: 'host/7', slots: 2, ready: false, trouble: 'bubblewrap is missing' })
      const { workers } = await jobs.stats()
      assert.deepEqual(
        workers.find(w => w.worker === 'host/7'),
        { worker: 'host/7', slots: 2, ready: false, trouble: 'bubblewrap is missing' },
      )
    })
  })
}
