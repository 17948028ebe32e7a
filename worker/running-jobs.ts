import { hostname } from 'node:os'
import type { Attempt } from '#lib/jobs.ts'
import type { Progress } from '#lib/vocabulary/job.ts'
import type { WorkerActivity } from '#lib/worker-activity.ts'
import type { Slots } from './slots.ts'

/** When this process started. */
const STARTED_AT = new Date(performance.timeOrigin).toISOString()

/** How far the jobs are that this worker runs. */
export class RunningJobs {
  readonly #progress = new Map<string, Progress>()

  /** Runs an attempt, and remembers its progress meanwhile. */
  async during(attempt: Attempt, run: (attempt: Attempt) => Promise<void>): Promise<void> {
    const { id } = attempt.job
    const progress: Attempt['progress'] = reported => {
      this.#progress.set(id, reported)
      attempt.progress(reported)
    }
    try {
      await run({ ...attempt, progress })
    } finally {
      this.#progress.delete(id)
    }
  }

  /** What the worker tells of itself now; without slots it has no engine yet. */
  activity(slots: Pick<Slots, 'activity'> | undefined): WorkerActivity {
    const engines = (slots?.activity() ?? []).map(engine => {
      const progress = engine.jobId === undefined ? undefined : this.#progress.get(engine.jobId)
      return { ...engine, ...(progress && { progress }) }
    })
    return { host: hostname(), startedAt: STARTED_AT, engines }
  }
}
