import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Attempt, Job, JobEvent } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'
import { Random } from '#test/random.ts'
import { until } from '#test/until.ts'
import { final, newJob, result, retryable, type Suite } from './suite.ts'

const SEED = 18
const AT_ONCE = 20
/** The moments of a race lie up to so many milliseconds apart. */
const SPREAD_MS = 6

type Changed = Extract<JobEvent, { type: 'changed' }>

/** What a job meets: when its sender cancels it and how its first attempt ends. */
interface Plan {
  cancelAt: 'creation' | 'start' | 'end'
  cancelAfterMs: number
  cancels: 1 | 2
  ending: 'complete' | 'fail' | 'requeue' | 'handBack'
  /** At the end of the attempt the cancel is sent before the attempt's last write, not after it. */
  isCancelFirst: boolean
  endAfterMs: number
  /** The sender tries the job again, and cancels it at the same time and once more. */
  isRetried: boolean
}

/** Cancels at random moments around the claim, every end of an attempt and the sender's own retry. */
export function cancelRacesConformance(suite: Suite, count: number): void {
  it(`leaves each of ${count} jobs in one terminal state, whatever their cancels meet`, async () => {
    const random = new Random(SEED)
    const races = new Map<string, Race>()
    await suite.subscribe(event => void (event.type === 'changed' && races.get(event.id)?.events.push(event)))
    for (const worker of ['host/1', 'host/2'])
      await suite.consume(async attempt => (races.get(attempt.job.id) ?? lastJob).run(attempt), { worker })
    const lane = async () => {
      while (races.size < count) {
        const race = new Race(suite, planOf(random))
        races.set(race.id, race)
        await race.hold()
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    const ended = await rowsOf(suite, races)
    // What a message that is left would start is started before a job that comes later.
    await suite.reach((await suite.jobs.create(newJob())).job.id, 'completed')
    await until('no message is left', async () => (await suite.messagesLeft()) === 0)
    assert.deepEqual(await rowsOf(suite, races), ended)
    for (const row of ended) await races.get(row.id)?.check(row)
  })
}

const lastJob = { run: async (attempt: Attempt) => void (await attempt.completeIfStillMine(result(attempt))) }

async function rowsOf({ jobs }: Suite, races: ReadonlyMap<string, Race>): Promise<Job[]> {
  const rows = await Promise.all([...races.keys()].map(id => jobs.get(id)))
  return rows.filter(row => row !== undefined)
}

function planOf(random: Random): Plan {
  return {
    cancelAt: random.pick(['creation', 'start', 'end', 'end']),
    cancelAfterMs: random.below(SPREAD_MS),
    cancels: random.pick([1, 2]),
    ending: random.pick(['complete', 'complete', 'fail', 'requeue', 'handBack']),
    isCancelFirst: random.below(2) === 0,
    endAfterMs: random.below(SPREAD_MS),
    isRetried: random.below(4) === 0,
  }
}

class Race {
  readonly #job = newJob()
  readonly #suite: Suite
  readonly #plan: Plan
  readonly #started = Promise.withResolvers<void>()
  readonly #ending = Promise.withResolvers<void>()
  readonly events: Changed[] = []
  /** Writes that ended the job, and writes after which it waited again. */
  #ends = 0
  #retries = 0

  constructor(suite: Suite, plan: Plan) {
    this.#suite = suite
    this.#plan = plan
  }

  get id(): string {
    return this.#job.id
  }

  /** From the creation until the job has ended for good. */
  async hold(): Promise<void> {
    const { cancelAt, cancelAfterMs, cancels, isRetried } = this.#plan
    await this.#suite.jobs.create(this.#job)
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

  #countEnd(isEnd: boolean): void {
    if (isEnd) this.#ends++
  }

  async #cancel(): Promise<void> {
    this.#countEnd(await isDone(this.#suite.jobs.cancel(this.id), 'job_finished'))
  }

  async #retry(): Promise<void> {
    if (await isDone(this.#suite.jobs.retry(this.id, 3), 'not_retryable')) this.#retries++
  }

  /** Row, answers and events agree: one end, and one more for each retry. */
  async check(row: Job): Promise<void> {
    const what = `seed ${SEED}, ${JSON.stringify(this.#plan)}`
    assert.ok(isTerminal(row.state), `${row.state}: ${what}`)
    assert.equal(this.#ends, 1 + this.#retries, what)
    await until('the last event', () => this.events.some(({ version }) => version === row.version))
    const sorted = this.events.toSorted((a, b) => a.version - b.version)
    assert.deepEqual(this.events, sorted, what)
    assert.equal(new Set(sorted.map(({ version }) => version)).size, sorted.length, what)
    assert.equal(sorted.at(-1)?.state, row.state, what)
    assert.equal(sorted.filter(({ state }) => isTerminal(state)).length, this.#ends, what)
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
