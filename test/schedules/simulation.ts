import assert from 'node:assert/strict'
import { pino } from 'pino'
import { type MemoryState, newMemoryState } from '#lib/backend/memory-jobs.ts'
import { createMemoryBus } from '#lib/jobs/buses/memory-bus.ts'
import { createJobs } from '#lib/jobs/create-jobs.ts'
import type { JobTable } from '#lib/jobs/stores/memory-store/job-table.ts'
import { createMemoryStore } from '#lib/jobs/stores/memory-store.ts'
import { type Attempt, type Consumer, type Jobs, resultKey } from '#lib/jobs.ts'
import type { QueueMessage } from '#lib/queue.ts'
import { createMemoryQueue } from '#lib/queues/memory-queue.ts'
import { withoutPriorities } from '#test/unordered-queue.ts'
import { LifeChecker } from '../life-checker.ts'
import { checkEnd, checkStep } from './invariants.ts'
import { type ProcessClock, SimulatedTime } from './simulated-time.ts'

/** More jobs than any schedule creates: admission is tested elsewhere. */
const LIMIT = 1_000
const HISTORY_MS = 3_600_000
/** The slots of the processes at the beginning. */
export const PROCESS_SLOTS = [1, 2] as const
/** Longer than any lease and backoff together. */
const ROUNDS_TO_THE_END = 100
const ROUND_MS = 3_000

/** A process with a worker in it. One that has died stays frozen for good. */
export interface WorkerProcess {
  worker: string
  clock: ProcessClock
  consumer: Consumer
}

/** An attempt that a worker was given, and what ends the worker's work on it. */
export interface OpenAttempt {
  attempt: Attempt
  hasEnded: boolean
  leave(error?: Error): void
}

/** Several processes over one table of jobs in memory, and all that they do to it. */
export class Simulation {
  readonly time = new SimulatedTime()
  readonly state: MemoryState
  readonly jobs: Jobs
  readonly processes: WorkerProcess[] = []
  readonly dead: WorkerProcess[] = []
  readonly attempts: OpenAttempt[] = []
  readonly ids: string[] = []
  readonly sent: QueueMessage[] = []
  /** Delivers a message once more, as a broker may. */
  readonly redeliver: (message: QueueMessage) => void
  /** Whose files are being deleted. */
  expired: string[] = []
  readonly #life = new LifeChecker()
  readonly #handBacks = new Map<string, number>()
  readonly #claims = new Set<string>()
  readonly #completed = new Set<string>()
  /** When the jobs that wait may start. */
  readonly #runAt = new Map<string, number>()
  /** What deliveries had against the contract: they are not this test's to throw in. */
  readonly #problems: string[] = []
  readonly #isOrdered: boolean
  #workers = 0
  #queueIsBackAt = 0

  /** `isOrdered` says whether the queue knows priorities. */
  constructor({ isOrdered }: { isOrdered: boolean }) {
    this.#isOrdered = isOrdered
    const clock = this.time.process()
    this.state = newMemoryState(clock)
    this.jobs = this.#open(clock)
    const { messages } = this.state
    const put = messages.put.bind(messages)
    messages.put = (name, all) => {
      if (this.time.now < this.#queueIsBackAt) throw new Error('the queue is away')
      put(name, all)
      this.sent.push(...all)
    }
    this.redeliver = message => put('convert', [message])
  }

  get table(): JobTable {
    return this.state.table
  }

  /** Nothing can be sent for so many milliseconds. */
  takeQueueAway(ms: number): void {
    this.#queueIsBackAt = this.time.now + ms
  }

  async begin(): Promise<void> {
    await this.jobs.subscribe(
      event => {
        this.#life.event(event)
        const entry = this.table.entries.get(event.id)
        if (entry && event.type === 'changed') this.#life.row({ ...entry })
      },
      () => {},
    )
    for (const slots of PROCESS_SLOTS) await this.startProcess(slots)
  }

  async startProcess(slots: number): Promise<void> {
    const run = (attempt: Attempt) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const leave = (error?: Error) => (error ? reject(error) : resolve())
      this.#delivered({ attempt, hasEnded: false, leave })
      return promise
    }
    this.processes.push(await this.#consume(slots, run))
  }

  created(id: string): void {
    if (!this.ids.includes(id)) this.ids.push(id)
  }

  /** An attempt's last word; one that was said, or whose job is another's or nobody's, is refused. */
  async end(open: OpenAttempt, write: 'complete' | 'fail' | 'failForGood' | 'handBack'): Promise<void> {
    const { attempt } = open
    const { id } = attempt.job
    const row = this.table.entries.get(id)
    const isMine = row?.state === 'running' && row.claims === attempt.claim
    const error = { code: write, details: {}, retryable: write === 'fail' }
    const result = { key: resultKey(id, attempt.claim), fileName: '', bytes: 1, pages: 1, sha256: '' }
    const written =
      write === 'complete'
        ? await attempt.completeIfStillMine(result)
        : write === 'handBack'
          ? await attempt.handBackIfStillMine()
          : await attempt.failIfStillMine(error)
    assert.equal(written, isMine && !open.hasEnded, `${write} of job ${id} by claim ${attempt.claim}`)
    open.hasEnded = true
    open.leave()
    if (!written) return
    if (write === 'handBack') this.#handBacks.set(id, (this.#handBacks.get(id) ?? 0) + 1)
    if (write !== 'complete') return
    assert.ok(!this.#completed.has(id), `job ${id} was completed twice`)
    this.#completed.add(id)
  }

  check(): void {
    assert.deepEqual(this.#problems, [])
    checkStep(this.state, { created: this.ids, handBacks: this.#handBacks })
    for (const { id, runAt } of this.table.entries.values()) this.#runAt.set(id, runAt?.getTime() ?? 0)
  }

  /** Lets everything end: living workers complete what they have, a new one what is left; the dead write last. */
  async finish(): Promise<void> {
    for (const open of this.attempts) if (this.#isAlive(open)) await this.end(open, 'complete')
    this.processes.push(
      await this.#consume(LIMIT, async attempt => {
        const open = { attempt, hasEnded: false, leave: () => {} }
        this.#delivered(open)
        await this.end(open, 'complete')
      }),
    )
    for (let round = 0; round < ROUNDS_TO_THE_END && this.#isBusy(); round++) {
      await this.time.advance(ROUND_MS)
      await this.jobs.maintain(new Date(this.time.now))
      this.check()
    }
    for (const { clock } of [...this.processes, ...this.dead]) clock.thaw()
    for (const open of this.attempts) await this.end(open, 'complete')
    await this.time.advance(ROUND_MS)
    this.check()
    checkEnd(this.table)
    assert.deepEqual(this.#life.problems(), [])
  }

  async #consume(slots: number, run: (attempt: Attempt) => Promise<void>): Promise<WorkerProcess> {
    const clock = this.time.process()
    const worker = `host/${++this.#workers}`
    return { worker, clock, consumer: await this.#open(clock).consume(run, { worker, slots }) }
  }

  #open(clock: ProcessClock): Jobs {
    const { table, messages, subscribers } = this.state
    const queue = createMemoryQueue(messages, clock)
    return createJobs({
      store: createMemoryStore(table, clock),
      queue: this.#isOrdered ? queue : withoutPriorities(queue),
      bus: createMemoryBus(subscribers, clock),
      ...{ limits: { queueLimit: LIMIT, ownerLimit: LIMIT }, historyMs: HISTORY_MS, clock },
      ...{ random: () => 0.5, log: pino({ level: 'silent' }) },
    })
  }

  #delivered(open: OpenAttempt): void {
    const { job, claim } = open.attempt
    const delivery = `${job.id} by claim ${claim}`
    if (this.#claims.has(delivery)) this.#problems.push(`two attempts have job ${delivery}`)
    if (this.time.now < (this.#runAt.get(job.id) ?? 0))
      this.#problems.push(`job ${delivery} started before its time`)
    this.#claims.add(delivery)
    this.attempts.push(open)
  }

  #isAlive({ attempt }: OpenAttempt): boolean {
    const worker = this.table.entries.get(attempt.job.id)?.worker
    return this.processes.some(process => process.worker === worker)
  }

  #isBusy(): boolean {
    return [...this.table.entries.values()].some(({ state }) => state === 'queued' || state === 'running')
  }
}
