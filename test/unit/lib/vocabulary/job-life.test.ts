import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { resultKey } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { JOB_STATES, type JobState } from '#lib/vocabulary/job.ts'
import { allows, mayBecome, statesFor } from '#lib/vocabulary/job-life.ts'
import { LifeChecker, type LifeRow } from '#test/life-checker.ts'

const ID = '00000000-0000-4000-8000-000000000001'
const AT = new Date(0)
const result = (claim: number) => ({
  key: resultKey(ID, claim),
  fileName: 'a.pdf',
  bytes: 1,
  pages: 1,
  sha256: '',
})
const error = new AppError('engine_crashed').toStoredError()
const none = { progress: null, result: null, error: null, runAt: null, startedAt: null, finishedAt: null }

const queued: LifeRow = {
  id: ID,
  state: 'queued',
  version: 1,
  claims: 0,
  attempt: 0,
  maxAttempts: 2,
  needs: null,
  ...none,
}
const running: LifeRow = { ...queued, state: 'running', version: 2, claims: 1, attempt: 1, startedAt: AT }
const completed: LifeRow = {
  ...running,
  state: 'completed',
  version: 3,
  result: result(1),
  finishedAt: AT,
}
const failed: LifeRow = { ...running, state: 'failed', version: 3, error, finishedAt: AT }
const cancelled: LifeRow = { ...queued, state: 'cancelled', version: 2, finishedAt: AT }

function problemsOf(...rows: LifeRow[]): string[] {
  const life = new LifeChecker()
  for (const row of rows) life.row(row)
  return life.problems()
}

describe('the model of a job’s life', () => {
  it('says what may follow what', () => {
    const all = JOB_STATES.flatMap(from =>
      JOB_STATES.filter(to => mayBecome(from, to)).map(to => `${from} ${to}`),
    )
    assert.deepEqual(all, [
      'queued running',
      'queued failed',
      'queued cancelled',
      'running queued',
      'running completed',
      'running failed',
      'running cancelled',
      'failed queued',
      'cancelled queued',
    ])
    assert.deepEqual(statesFor('cancel'), ['queued', 'running'])
    assert.ok(allows('retry', 'failed') && !allows('retry', 'completed'))
  })

  it('finds nothing in lives as they are, in any order and with rows missing', () => {
    const handedBack = { ...queued, version: 3, claims: 1 }
    const again = { ...failed, ...queued, version: 4, claims: 1, attempt: 1, maxAttempts: 3 }
    assert.deepEqual(problemsOf(completed, queued, running), [])
    assert.deepEqual(problemsOf(queued, completed), [])
    assert.deepEqual(problemsOf(queued, running, handedBack), [])
    assert.deepEqual(problemsOf(queued, running, { ...handedBack, attempt: 1, error, runAt: AT }), [])
    assert.deepEqual(problemsOf(running, failed, again), [])
    assert.deepEqual(problemsOf(queued, cancelled), [])
    const asked = { ...handedBack, needs: 'password', error } as const
    const missed = { ...asked, needs: null, state: 'failed', version: 4, finishedAt: AT } as const
    assert.deepEqual(problemsOf(queued, running, asked, { ...handedBack, version: 4 }), [])
    assert.deepEqual(problemsOf(asked, missed), [])
    assert.deepEqual(problemsOf(completed, { ...completed, version: 4, result: null }), [])
  })

  const violations: [what: string, rows: LifeRow[], found: RegExp][] = [
    [
      'a transition that there is not',
      [queued, { ...completed, version: 2 }],
      /completed 1 versions after it was queued/,
    ],
    [
      'a life after the end',
      [completed, { ...running, version: 4, claims: 2, attempt: 2 }],
      /running 1 versions after/,
    ],
    [
      'a failure of a job that waits and needs nothing',
      [queued, { ...failed, version: 2, claims: 0, attempt: 0 }],
      /by no write of the model/,
    ],
    [
      'a claim of a job that needs its password',
      [{ ...queued, needs: 'password' }, running],
      /by no write of the model/,
    ],
    ['a job that runs and needs its password', [{ ...running, needs: 'password' }], /though it needs/],
    ['a write without a version', [running, { ...running, claims: 2 }], /without a new version/],
    ['two states at one version', [cancelled, running], /cancelled and running at once/],
    [
      'a claim that is not counted',
      [queued, { ...running, claims: 0, attempt: 0 }],
      /by no write of the model/,
    ],
    [
      'a hand-back that costs two attempts',
      [
        { ...running, claims: 2, attempt: 2 },
        { ...queued, version: 3, claims: 2 },
      ],
      /by no write of the model/,
    ],
    ['a completion without a result', [running, { ...completed, result: null }], /without a result/],
    [
      'a result of another claim',
      [{ ...completed, claims: 2, result: result(1) }],
      /which is not of claim 2/,
    ],
    [
      'two results',
      [completed, { ...completed, version: 4, claims: 2, attempt: 2, result: result(2) }],
      /has 2 results/,
    ],
    ['attempts beyond the bound', [{ ...running, claims: 3, attempt: 3 }], /attempt 3 of 2/],
    [
      'a wait without an attempt left',
      [{ ...queued, claims: 2, attempt: 2 }],
      /waits without an attempt left/,
    ],
    [
      'claims that go back',
      [
        { ...running, claims: 2 },
        { ...completed, version: 5 },
      ],
      /fewer claims/,
    ],
  ]
  for (const [what, rows, found] of violations)
    it(`finds ${what}`, () => assert.match(problemsOf(...rows).join('\n'), found))

  it('finds fields that do not go with the state', () => {
    const wrong: Record<JobState, [LifeRow, RegExp]> = {
      queued: [{ ...queued, finishedAt: AT }, /queued with finishedAt/],
      running: [{ ...running, error }, /running with error/],
      completed: [{ ...completed, error }, /completed with error/],
      failed: [{ ...failed, error: null }, /failed without error/],
      cancelled: [{ ...cancelled, result: result(0) }, /cancelled with result/],
    }
    for (const [row, found] of Object.values(wrong)) assert.match(problemsOf(row).join('\n'), found)
  })

  it('finds an event that tells another state than the row, and a tick of a job that does not run', () => {
    const life = new LifeChecker()
    life.row(completed)
    life.event({ type: 'changed', id: ID, version: 3, state: 'failed' })
    assert.match(life.problems().join(), /completed and failed at once/)
    const ticks = new LifeChecker()
    ticks.row(cancelled)
    const progress = {
      phase: 'loading' as const,
      current: null,
      total: null,
      unit: null,
      percent: null,
      indeterminate: true,
    }
    ticks.event({ type: 'progress', id: ID, version: 2, tick: 1, progress })
    assert.match(ticks.problems().join(), /cancelled and running at once/)
  })

  it('finds a write that skips a version', () => {
    const life = new LifeChecker()
    life.write(queued, { ...running, version: 3 })
    assert.match(life.problems().join(), /not one less/)
  })
})
