import type { Job, Jobs } from '#lib/jobs.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'
import { findJob } from '../job-access.ts'

/** What tells the rooms of a job. */
export type JobKeys = Pick<Job, 'id' | 'owner' | 'batchId'>

/** The keys of jobs that have not ended: a tick contains only the job's id, so its owner and batch are read once. */
export class JobKeysCache {
  readonly #jobs: Jobs
  readonly #running = new Map<string, JobKeys>()

  constructor(jobs: Jobs) {
    this.#jobs = jobs
  }

  kept(id: string): JobKeys | undefined {
    return this.#running.get(id)
  }

  /** The keys of a job, read where they are not kept; undefined for an unknown id. */
  async of(id: string): Promise<JobKeys | undefined> {
    const kept = this.#running.get(id)
    if (kept) return kept
    const job = await findJob({ jobs: this.#jobs }, { id })
    return job && this.keep(job)
  }

  keep({ id, owner, batchId, state }: Job): JobKeys {
    const keys = { id, owner, batchId }
    if (isTerminal(state)) this.#running.delete(id)
    else this.#running.set(id, keys)
    return keys
  }

  forget(id: string): void {
    this.#running.delete(id)
  }

  clear(): void {
    this.#running.clear()
  }
}
