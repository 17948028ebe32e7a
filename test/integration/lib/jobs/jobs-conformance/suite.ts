import { randomUUID } from 'node:crypto'
import {
  type Attempt,
  type Consumer,
  type Job,
  type JobEvent,
  type Jobs,
  type NewJob,
  resultKey,
} from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Progress } from '#lib/vocabulary/job.ts'
import { type RecordedJobs, recordJobs } from '#test/life-checker/recorded-jobs.ts'
import { until } from '#test/until.ts'

export const QUEUE_LIMIT = 40
export const OWNER_LIMIT = 30

/** What the conformance tests share: the jobs under test, and crews and watches that end with each test. */
export class Suite {
  #recorded: RecordedJobs | undefined
  #messagesLeft = async () => 0
  readonly #endings: (() => Promise<void>)[] = []

  get jobs(): Jobs {
    if (!this.#recorded) throw new Error('the suite is not open')
    return this.#recorded.jobs
  }

  async open(jobs: Jobs, messagesLeft: () => Promise<number> = async () => 0): Promise<void> {
    this.#recorded = await recordJobs(jobs)
    this.#messagesLeft = messagesLeft
  }

  /** How many messages of jobs are delivered or to be; 0 where that cannot be counted. */
  messagesLeft(): Promise<number> {
    return this.#messagesLeft()
  }

  /** What the recorded lives of all jobs have against the model. */
  async close(): Promise<string[]> {
    const problems = await this.#recorded?.stop()
    await this.#recorded?.jobs.close()
    return problems ?? []
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

/** What an attempt at a job publishes. */
export const result = ({ job, claim }: { job: { id: string }; claim: number }) => ({
  key: resultKey(job.id, claim),
  fileName: 'deck.pdf',
  bytes: 10,
  pages: 2,
  sha256: 'b'.repeat(64),
})
export const retryable = new AppError('engine_crashed').toStoredError()
export const final = new AppError('corrupt_file', { details: { reason: 'it is cut off' } }).toStoredError()
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
