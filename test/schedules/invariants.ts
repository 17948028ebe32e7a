import assert from 'node:assert/strict'
import type { MemoryState } from '#lib/backend/memory-jobs.ts'
import { type JobTable, jobOf } from '#lib/jobs/stores/memory-store/job-table.ts'
import type { Job } from '#lib/jobs.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'

/** What a simulation counts beside the rows. */
export interface Counted {
  /** The jobs that were created. */
  created: readonly string[]
  handBacks: ReadonlyMap<string, number>
}

/**
 * What holds after every step: no job without a row, no waiting one without its message or the mark that it is to be
 * sent, every attempt counted.
 */
export function checkStep({ table, messages }: MemoryState, { created, handBacks }: Counted): void {
  for (const id of created) assert.ok(table.entries.has(id), `job ${id} is lost: it has no row`)
  for (const { id, state, messageId, unsentSince, claims, attempt } of table.entries.values()) {
    if (state === 'queued')
      assert.ok(messages.has(messageId) || unsentSince !== null, `job ${id} is lost: it has no message`)
    assert.equal(attempt, claims - (handBacks.get(id) ?? 0), `attempts of job ${id}, without its hand-backs`)
  }
}

/** What holds when all is over: each job has ended, with the attempts that it had and one completion at the most. */
export function checkEnd(table: JobTable): void {
  for (const entry of table.entries.values()) checkEnded(jobOf(entry))
}

function checkEnded({ id, state, attempt, maxAttempts, error, timeline }: Job): void {
  assert.ok(isTerminal(state), `job ${id} is lost: it is ${state} for good`)
  const counted = timeline.filter(({ outcome }) => outcome !== 'handed_back')
  assert.ok(counted.length <= maxAttempts, `job ${id} had ${counted.length} attempts of ${maxAttempts}`)
  assert.equal(counted.length, attempt, `attempts of job ${id} in its timeline`)
  assert.ok(
    timeline.every(({ endedAt }) => endedAt),
    `job ${id} has ended, an attempt at it has not`,
  )
  const completions = timeline.filter(({ outcome }) => outcome === 'completed')
  assert.equal(completions.length, state === 'completed' ? 1 : 0, `completions of job ${id}`)
  if (state === 'failed' && error?.retryable)
    assert.equal(attempt, maxAttempts, `job ${id} was given up early`)
}
