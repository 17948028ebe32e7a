import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isOutdated, type TimelineAttempt, timelineSteps } from '#app/(pages)/live/timeline-view.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { ENGLISH } from '../english.ts'
import { snapshot } from './samples.ts'

const at = (seconds: number) => new Date(Date.parse('2026-11-20T11:59:00Z') + seconds * 1000).toISOString()
const attempt = (changes: Partial<TimelineAttempt> = {}): TimelineAttempt => ({
  attempt: 1,
  startedAt: at(2),
  endedAt: null,
  outcome: null,
  errorCode: null,
  ...changes,
})
const words = (job: Snapshot, attempts: readonly TimelineAttempt[]) =>
  timelineSteps(job, attempts, ENGLISH).map(({ label, detail }) => [label, detail])

const SENT = ['Sent and put in the queue', '']

describe('the timeline of a job', () => {
  it('begins with its sending, while it waits', () => {
    assert.deepEqual(words(snapshot(), []), [SENT])
  })

  it('tells how long it waited and took, by the snapshot alone where nothing newer was read', () => {
    const job = snapshot({ state: 'completed', attempt: 1, startedAt: at(2), finishedAt: at(5) })
    const steps = [
      SENT,
      ['Conversion began', 'after 2 s of waiting, done after 3 s'],
      ['Completed', '5 s in all'],
    ]
    assert.deepEqual(words(job, []), steps)
    assert.deepEqual(words(job, [attempt()]), steps, 'the attempt was running when it was read')
    assert.equal(isOutdated(job, []), false)
  })

  it('tells of each attempt what became of it', () => {
    const lost = attempt({ endedAt: at(4), outcome: 'lost' })
    const job = snapshot({ state: 'running', attempt: 2, startedAt: at(9) })
    assert.deepEqual(words(job, [lost]), [
      SENT,
      ['Attempt 1 began', 'after 2 s of waiting, was lost with its converter after 2 s'],
      ['Attempt 2 began', 'after 5 s of waiting'],
    ])
    assert.equal(isOutdated(job, [lost]), false)
  })

  it('is outdated where an attempt ended unheard, or was never heard of', () => {
    const job = snapshot({ state: 'failed', attempt: 2, startedAt: at(9), finishedAt: at(11) })
    assert.equal(isOutdated(job, [attempt()]), true)
    assert.equal(isOutdated(job, []), true)
  })

  it('ends with the deletion of the files and why', () => {
    const file = { bytes: 1, sha256: '00' }
    const receipt = { by: 'owner', deletedAt: at(60), source: file, result: null } as const
    const job = snapshot({ state: 'cancelled', finishedAt: at(30), receipt })
    assert.deepEqual(words(job, []).slice(1), [
      ['Cancelled', '30 s in all'],
      ['Files deleted', 'on request'],
    ])
  })
})
