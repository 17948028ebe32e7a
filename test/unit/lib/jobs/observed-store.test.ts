import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import type { Clock } from '#lib/jobs/clock.ts'
import { type JobFact, jobFactOf } from '#lib/jobs/job-fact.ts'
import { observedStore } from '#lib/jobs/observed-store.ts'
import type { JobStore } from '#lib/jobs/store.ts'
import { JobTable } from '#lib/jobs/stores/memory-store/job-table.ts'
import { createMemoryStore } from '#lib/jobs/stores/memory-store.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { result } from '#test/integration/lib/jobs/jobs-conformance/suite.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'

const LIMITS = { queueLimit: 10, ownerLimit: 10 }
const retryable = new AppError('engine_crashed').toStoredError()
const final = new AppError('wrong_password').toStoredError()

/** A store that is told of, and a clock that the test sets. */
function open() {
  let ms = Date.parse('2026-11-30T01:00:00Z')
  const clock: Clock = { now: () => ms, every: () => () => {}, soon: queueMicrotask, after: () => () => {} }
  const facts: JobFact[] = []
  const store = observedStore(
    createMemoryStore(new JobTable(clock), clock),
    write => void facts.push(jobFactOf(write)),
  )
  const pass = (seconds: number) => {
    ms += seconds * 1000
  }
  return { store, pass, told: () => facts.splice(0) }
}

async function insert(store: JobStore, fields = {}) {
  const messageId = randomUUID()
  const written = await store.insertIfBelowLimit({ ...newJob(fields), messageId }, LIMITS)
  assert.ok(written)
  return { jobId: written.job.id, messageId, worker: 'host/1' }
}

it('tells of a job that it was created, when it started and how long it took', async () => {
  const { store, pass, told } = open()
  const claim = await insert(store)
  pass(2.5)
  const job = await store.claimIfWaiting(claim)
  assert.ok(job)
  pass(4)
  await store.completeIfStillLeased({ id: job.id, claim: 1 }, { result: result({ job, claim: 1 }) })
  assert.deepEqual(told(), [
    { type: 'created' },
    { type: 'started', waitedS: 2.5 },
    { type: 'completed', tookS: 4 },
  ])
})

it('tells of each failed attempt whether another one follows, and of a dead letter', async () => {
  const { store, pass, told } = open()
  const claim = await insert(store)
  await store.claimIfWaiting(claim)
  const again = { outcome: 'failed', error: retryable, runAt: null, messageId: randomUUID() } as const
  await store.requeueIfStillLeased({ id: claim.jobId, claim: 1 }, again)
  pass(60)
  await store.claimIfWaiting({ ...claim, messageId: again.messageId })
  await store.failIfStillLeased({ id: claim.jobId, claim: 2 }, { outcome: 'lost', error: retryable })
  assert.deepEqual(told().slice(2), [
    { type: 'retried', code: 'engine_crashed' },
    // It may have waited for a backoff.
    { type: 'started', waitedS: undefined },
    { type: 'failed', code: 'engine_crashed', isDead: true },
  ])
})

it('tells of errors by codes of this version', async () => {
  const { store, told } = open()
  for (const error of [final, { code: 'of_tomorrow', details: {}, retryable: false }]) {
    const claim = await insert(store)
    await store.claimIfWaiting(claim)
    await store.failIfStillLeased({ id: claim.jobId, claim: 1 }, { outcome: 'failed', error })
  }
  const codes = told().flatMap(fact => (fact.type === 'failed' ? fact.code : []))
  assert.deepEqual(codes, ['wrong_password', 'other'])
})

it('tells of jobs that are cancelled, or that nobody answered', async () => {
  const { store, told } = open()
  const { jobId } = await insert(store)
  await store.cancelIfNotEnded(jobId)
  const locked = await insert(store, { needs: 'password', expiresAt: new Date(0) })
  const error = new AppError('password_required').toStoredError()
  await store.failIfUnanswered(locked.jobId, { expiredBefore: new Date(1), error })
  assert.deepEqual(told(), [
    { type: 'created' },
    { type: 'cancelled' },
    { type: 'created' },
    { type: 'failed', code: 'password_required', isDead: false },
  ])
})

it('tells nothing of a write whose condition did not hold', async () => {
  const { store, told } = open()
  const claim = await insert(store)
  const token = { id: claim.jobId, claim: 7 }
  told()
  await store.insertIfBelowLimit({ ...newJob(), messageId: randomUUID() }, { queueLimit: 1, ownerLimit: 1 })
  await store.claimIfWaiting({ ...claim, messageId: randomUUID() })
  await store.completeIfStillLeased(token, { result: result({ job: { id: claim.jobId }, claim: 7 }) })
  const again = { outcome: 'failed', error: retryable, runAt: null, messageId: randomUUID() } as const
  await store.requeueIfStillLeased(token, again)
  await store.failIfStillLeased(token, { outcome: 'failed', error: final })
  await store.failIfUnanswered(claim.jobId, { expiredBefore: new Date(), error: final })
  await store.cancelIfNotEnded(randomUUID())
  assert.deepEqual(told(), [])
})
