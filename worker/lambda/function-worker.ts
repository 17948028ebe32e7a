import pMap from 'p-map'
import type { SqsRecord } from '#lib/backend/function-source.ts'
import type { Config } from '#lib/config.ts'
import { dataPathsOf } from '#lib/data-paths.ts'
import { isJobMessage } from '#lib/jobs/job-message.ts'
import type { Attempt } from '#lib/jobs.ts'
import { openLog } from '#lib/log.ts'
import { functionName } from '#lib/pid.ts'
import type { QueueMessage } from '#lib/queue.ts'
import { asAppError } from '#lib/vocabulary/errors.ts'
import { runJob } from '../run-job.ts'
import { RunningJobs } from '../running-jobs.ts'
import type { Runtime } from '../runtime.ts'
import { type FunctionBackend, openFunctionBackend } from './function-backend.ts'
import { openFunctionRuntime } from './function-runtime.ts'
import { reportWhile } from './report-while.ts'

/** Before the end of an invocation, in milliseconds: then jobs are handed back, and LibreOffice is ended. */
export const RESERVE_MS = 20_000

export interface SqsEvent {
  Records: SqsRecord[]
}

/** What Lambda says of an invocation. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number
  readonly logStreamName: string
}

/** What Lambda takes of a function with ReportBatchItemFailures: it deletes all messages but these. */
export interface BatchResponse {
  batchItemFailures: { itemIdentifier: string }[]
}

interface Invocation {
  worker: string
  deadline: Date
}

/**
 * A worker to which Lambda brings the messages, one invocation after the other. Between two of them its process is frozen,
 * so that nothing may be under way at the end of one.
 */
export class FunctionWorker {
  readonly #readConfig: () => Config
  readonly #running = new RunningJobs()
  #backend: FunctionBackend | undefined
  #runtime: Runtime | undefined
  #trouble: string | null = null

  constructor(readConfig: () => Config) {
    this.#readConfig = readConfig
  }

  /**
   * Runs the jobs of the messages. Lambda deletes a message at the end, not at the claim: delivered again meanwhile it
   * finds no waiting job, and the job of a function that was killed is rescued as any other. What could not be opened is
   * tried again at the next invocation.
   */
  async invoke({ Records }: SqsEvent, context: InvocationContext): Promise<BatchResponse> {
    const deadline = new Date(Date.now() + context.getRemainingTimeInMillis() - RESERVE_MS)
    const invocation = { worker: functionName(context.logStreamName), deadline }
    const failed = await this.#handle(Records, invocation)
    await this.#backend?.jobs.flushEvents()
    await this.#backend?.tracing?.flush()
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
  }

  async close(): Promise<void> {
    await this.#runtime?.close()
    await this.#backend?.close()
  }

  /** Resolves to the records that must be delivered again. */
  async #handle(records: readonly SqsRecord[], invocation: Invocation): Promise<SqsRecord[]> {
    const backend = await this.#openBackend()
    if (!backend) return [...records]
    const runtime = await this.#openRuntime(backend, invocation)
    const handleOne = runtime
      ? (record: SqsRecord) => this.#take(record, { ...invocation, ...backend, runtime })
      : (record: SqsRecord) => backend.source.refuse(record)
    const slots = runtime?.slots.count ?? records.length
    const status = () => ({
      ...{ worker: invocation.worker, slots, ready: this.#trouble === null, trouble: this.#trouble },
      ...(runtime && { sandbox: runtime.sandbox }),
      activity: this.#running.activity(runtime?.slots),
    })
    return reportWhile({ ...backend, status }, () => failuresOf(records, slots, handleOne))
  }

  async #openBackend(): Promise<FunctionBackend | undefined> {
    try {
      this.#backend ??= await openFunctionBackend(this.#readConfig())
      return this.#backend
    } catch (error) {
      const log = openLog('function', { level: 'error', format: 'json' })
      log.error({ err: error }, 'No jobs are taken: the settings or the services cannot be used.')
      return undefined
    }
  }

  async #openRuntime(
    { config, log }: FunctionBackend,
    { deadline }: Invocation,
  ): Promise<Runtime | undefined> {
    const onProblem = (problem: string | null) => {
      this.#trouble = problem
    }
    const { slots: slotsFolder, profile: keptDir } = dataPathsOf(config.dataDir)
    const longestMs = Math.max(1_000, deadline.getTime() - Date.now() - RESERVE_MS)
    try {
      if (!this.#runtime) {
        this.#runtime = await openFunctionRuntime(config, { slotsFolder, keptDir, log, onProblem, longestMs })
        this.#runtime.startRest()
        onProblem(null)
      }
      return this.#runtime
    } catch (thrown) {
      const error = asAppError(thrown)
      onProblem(error.message.replace(`${error.code}: `, ''))
      log.error({ err: error.cause }, `No jobs are taken. ${this.#trouble}`)
      return undefined
    }
  }

  /** Resolves to whether the record is done. A job that would start after the deadline is left to another invocation. */
  async #take(
    record: SqsRecord,
    { worker, deadline, runtime, ...backend }: Invocation & FunctionBackend & { runtime: Runtime },
  ): Promise<boolean> {
    const { source, jobs, log } = backend
    if (Date.now() >= deadline.getTime()) {
      await source.giveBack(record, 0)
      return false
    }
    const context = { ...backend, ...runtime }
    const run = (attempt: Attempt) => this.#running.during(attempt, watched => runJob(watched, context))
    return source.deliver(record, async (message: QueueMessage) => {
      if (isJobMessage(message)) await jobs.attempt(message, run, { worker, deadline })
      else log.error({ message }, 'a message in the queue of jobs names no job')
    })
  }
}

/** Handles the records, up to `slots` at a time. Resolves to those that are not done. */
async function failuresOf(
  records: readonly SqsRecord[],
  slots: number,
  handle: (record: SqsRecord) => Promise<boolean>,
): Promise<SqsRecord[]> {
  const done = await pMap(records, handle, { concurrency: slots })
  return records.filter((_, index) => !done[index])
}
