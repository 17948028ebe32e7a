import { randomUUID } from 'node:crypto'
import type { Attempt, Consumer, Job, JobEvent, Jobs, NewJob } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Progress } from '#lib/vocabulary/job.ts'
import { until } from '#test/until.ts'

export const QUEUE_LIMIT = 40
export const OWNER_LIMIT = 30

/** What the conformance tests share: the jobs under test, and crews and watches that end with each test. */
export class Suite {
  #jobs: Jobs | undefined
  readonly #endings: (() => Promise<void>)[] = []

  get jobs(): Jobs {
    if (!this.#jobs) throw new Error('the suite is not open')
    return this.#jobs
  }

  open(jobs: Jobs): void {
    this.#jobs = jobs
  }

  async consume(
    run: (attempt: Attempt) => Promise<void>,
    options: { worker?: string; slots?: number } = {},
  ): Promise<Consumer> {
    const consumer = await this.jobs.consume(run, {
      worker: options.worker ?? 'host/1',
      slots: options.slots ?? 2,
    })
    this.#endings.push(() => consumer.stop(0))
    return consumer
  }

  async subscribe(hear: (event: JobEvent) => void): Promise<void> {
    const subscription = await this.jobs.subscribe(hear, () => {})
    this.#endings.push(() => subscription.stop())
  }

  async endAll(): Promise<void> {
    for (const end of this.#endings.splice(0)) await end()
  }

  reach(id: string, state: string): Promise<Job> {
    return until(`job ${id} is ${state}`, async () => {
      const job = await this.jobs.get(id)
      return job?.state === state && job
    })
  }
}

export function newJob(fields: Partial<NewJob> = {}): NewJob {
  return {
    id: randomUUID(),
    batchId: randomUUID(),
    owner: `owner-${randomUUID()}`,
    fileName: 'deck.pptx',
    source: { format: 'pptx', bytes: 1234, sha256: 'a'.repeat(64) },
    target: 'pdf',
    options: {},
    maxAttempts: 3,
    expiresAt: new Date(Date.now() + 3_600_000),
    ...fields,
  }
}

export const result = (key = 'jobs/x/result-1') => ({
  key,
  fileName: 'deck.pdf',
  bytes: 10,
  pages: 2,
  sha256: 'b'.repeat(64),
})
export const retryable = new AppError('engine_crashed').toJobError()
export const final = new AppError('corrupt_file', { details: { reason: 'it is cut off' } }).toJobError()
export const exporting = (current: number): Progress => ({
  phase: 'exporting',
  current,
  total: 100,
  unit: 'slide',
  percent: current,
  indeterminate: false,
})
export const code = (expected: string) => (error: unknown) =>
  error instanceof AppError && error.code === expected

/** Runs until its signal aborts, and remembers the attempt for late writes. */
export const hold = (attempts: Attempt[]) => async (attempt: Attempt) => {
  attempts.push(attempt)
  await new Promise(resolve => attempt.signal.addEventListener('abort', resolve))
}
