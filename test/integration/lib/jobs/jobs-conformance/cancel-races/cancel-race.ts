import assert from 'node:assert/strict'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Attempt, Job, JobEvent, Jobs } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'
import type { Random } from '#test/random.ts'
import { until } from '#test/until.ts'
import { final, newJob, result, retryable } from '../suite.ts'

/** The moments of a race lie up to so many milliseconds apart. */
const SPREAD_MS = 6

/** What a job meets: when its sender cancels it and how its first attempt ends. */
export interface RacePlan {
  cancelAt: 'creation' | 'start' | 'end'
  cancelAfterMs: number
  /** How many cancels at once. */
  cancels: 1 | 2
  ending: 'complete' | 'fail' | 'requeue' | 'handBack'
  endAfterMs: number
  /** At the end of the attempt the cancel is sent before the attempt's last write, not after it. */
  isCancelFirst: boolean
  /** The sender tries the job again, and cancels it at the same time and once more. */
  isRetried: boolean
}

export function planOf(random: Random): RacePlan {
  return {
    cancelAt: random.pick(['creation', 'start', 'end', 'end']),
    cancelAfterMs: random.below(SPREAD_MS),
    cancels: random.pick([1, 2]),
    ending: random.pick(['complete', 'complete', 'fail', 'requeue', 'handBack']),
    endAfterMs: random.below(SPREAD_MS),
    isCancelFirst: random.below(2) === 0,
    isRetried: random.below(4) === 0,
  }
}

/** A job whose cancels race with its attempts, and what was answered and published. */
export class CancelRace {
  readonly #job = newJob()
  readonly #jobs: Jobs
  readonly #plan: RacePlan
  readonly #started = Promise.withResolvers<void>()
  readonly #ending = Promise.withResolvers<void>()
  readonly #events: Extract<JobEvent, { type: 'changed' }>[] = []
  /** Writes that ended the job, and writes after which it waited again. */
  #ends = 0
  #retries = 0

  constructor(jobs: Jobs, plan: RacePlan) {
    this.#jobs = jobs
    this.#plan = plan
  }

  get id(): string {
    return this.#job.id
  }

  hear(event: JobEvent): void {
    if (event.type === 'changed') this.#events.push(event)
  }

  /** From the creation until the job has ended for good. */
  async hold(): Promise<void> {
    const { cancelAt, cancelAfterMs, cancels, isRetried } = this.#plan
    await this.#jobs.create(this.#job)
    if (cancelAt === 'start') await this.#started.promise
    if (cancelAt === 'end') await this.#ending.promise
    else await sleep(cancelAfterMs)
    await Promise.all(Array.from({ length: cancels }, () => this.#cancel()))
    if (!isRetried) return
    await Promise.all([this.#retry(), this.#cancel()])
    await this.#cancel()
  }

  async run(attempt: Attempt): Promise<void> {
    this.#started.resolve()
    await sleep(this.#plan.endAfterMs)
    this.#ending.resolve()
    if (this.#plan.isCancelFirst) await nextTurn()
    if (attempt.claim > 1 || this.#plan.ending === 'complete')
      this.#countEnd(await attempt.completeIfStillMine(result(attempt)))
    else if (this.#plan.ending === 'fail') this.#countEnd(await attempt.failIfStillMine(final))
    else if (this.#plan.ending === 'requeue') await attempt.failIfStillMine(retryable)
    else await attempt.handBackIfStillMine()
  }

  /** Row, answers and events agree: one end, and one more for each retry. */
  async check(row: Job): Promise<void> {
    const plan = JSON.stringify(this.#plan)
    assert.ok(isTerminal(row.state), `${row.state}: ${plan}`)
    await until('its last write is answered', () => this.#ends > this.#retries)
    assert.equal(this.#ends, 1 + this.#retries, plan)
    await until('the last event', () => this.#events.some(({ version }) => version === row.version))
    const versions = this.#events.map(({ version }) => version)
    assert.deepEqual(
      versions,
      [...new Set(versions)].sort((a, b) => a - b),
      `each version once, growing: ${plan}`,
    )
    assert.equal(this.#events.at(-1)?.state, row.state, plan)
    assert.equal(this.#events.filter(({ state }) => isTerminal(state)).length, this.#ends, plan)
  }

  #countEnd(isEnd: boolean): void {
    if (isEnd) this.#ends++
  }

  async #cancel(): Promise<void> {
    this.#countEnd(await isDone(this.#jobs.cancel(this.id), 'job_finished'))
  }

  async #retry(): Promise<void> {
    if (await isDone(this.#jobs.retry(this.id, 3), 'not_retryable')) this.#retries++
  }
}

/** Whether a call was answered; false where it was refused by this error. */
async function isDone(call: Promise<Job>, refusal: string): Promise<boolean> {
  try {
    await call
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === refusal) return false
    throw error
  }
}
