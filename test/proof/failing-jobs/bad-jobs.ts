import { setTimeout as sleep } from 'node:timers/promises'
import type { Attempt, Jobs } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

const HANGS_MS = 1000
const ENGINE_CRASHED = new AppError('engine_crashed').toStoredError()
const STALLED = new AppError('stalled', { details: { seconds: HANGS_MS / 1000, place: '' } }).toStoredError()

/**
 * The ways in which a job goes bad: it fails and comes back with a backoff; it hangs until a limit of time fails it, and
 * comes back too; it hangs until its user cancels it; or `run` ends without a last write, so that its lease must expire.
 */
export const BAD_KINDS = {
  async fails(attempt) {
    await attempt.failIfStillMine(ENGINE_CRASHED)
  },
  async hangs(attempt) {
    await sleep(HANGS_MS)
    await attempt.failIfStillMine(STALLED)
  },
  async cancelled(attempt, jobs) {
    const aborted = new Promise(resolve => attempt.signal.addEventListener('abort', resolve))
    await sleep(HANGS_MS)
    await jobs.cancel(attempt.job.id)
    await aborted
  },
  async silent() {},
} as const satisfies Record<string, (attempt: Attempt, jobs: Jobs) => Promise<void>>

export type BadKind = keyof typeof BAD_KINDS
export const BAD_KIND_NAMES = Object.keys(BAD_KINDS) as BadKind[]

/** How a job of this kind has to end. */
export const endOf = (kind: BadKind) => (kind === 'cancelled' ? 'cancelled' : 'failed')
