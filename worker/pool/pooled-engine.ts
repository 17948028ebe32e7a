import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { RecycleReason } from '#lib/metrics/work-fact.ts'
import type { EngineActivity } from '#lib/worker-activity.ts'
import type { Conversion, Converted } from '#worker/engine.ts'
import { emptyFolder, removeFolder } from '#worker/folders.ts'
import { isSameRegion } from '#worker/region.ts'
import { pauseProcessTree, processTreeOf, resumeProcessTree } from '#worker/sandbox/process-tree.ts'
import { usageOf } from '#worker/sandbox/usage.ts'
import type { Sandbox } from '#worker/sandbox.ts'
import type { SlotRequest } from '#worker/slots.ts'
import type { ConversionLimits } from '#worker/watchdog.ts'
import type { EngineProcess, MakeProcess, ProcessDirs, StartOptions } from './engine-process.ts'
import { convertWithinLimits } from './limits.ts'

const MEASURE_EVERY_MS = 500
/** Closing a large document takes LibreOffice a second, long after its result. In milliseconds. */
const IDLE_WITHIN_MS = 10_000

/** When a process is replaced by a new one. */
export interface RecyclePolicy {
  /** `owner`: a process that has read one owner's document never reads another's. */
  reuse: 'always' | 'owner' | 'never'
  maxDocuments: number
  maxRssBytes: number
}

/** One process of the pool and its folder. */
export class PooledEngine {
  readonly dirs: ProcessDirs
  readonly #process: EngineProcess
  readonly #sandbox: Pick<Sandbox, 'adopt'>
  readonly #startedAt = new Date().toISOString()
  #started: Promise<void> | undefined
  #processTree: number[] = []
  #documents = 0
  #owner: string | undefined
  #jobId: string | undefined
  #measuredAt = Number.NEGATIVE_INFINITY
  #rssBytes: number | undefined
  #isGone = false
  #outdatedBy: RecycleReason | undefined

  /** `root` is a folder that does not exist yet. */
  constructor(
    { root, region }: Pick<ProcessDirs, 'root' | 'region'>,
    make: MakeProcess,
    sandbox: Pick<Sandbox, 'adopt'>,
  ) {
    this.dirs = { root, workDir: join(root, 'desk'), region }
    this.#process = make(this.dirs)
    this.#sandbox = sandbox
    void this.#process.gone.then(() => {
      this.#isGone = true
    })
  }

  /** By which operators give orders for it. */
  get name(): string {
    return basename(this.dirs.root)
  }

  get documents(): number {
    return this.#documents
  }

  get isGone(): boolean {
    return this.#isGone
  }

  /** Resolves when the process is dead. */
  get gone(): Promise<void> {
    return this.#process.gone
  }

  /** @throws AppError as of `EngineProcess.start` */
  start(options: StartOptions = {}): Promise<void> {
    this.#started ??= this.#start(options)
    return this.#started
  }

  /** @throws AppError as of `convertWithinLimits` */
  async convert(conversion: Conversion, limits: ConversionLimits): Promise<Converted> {
    try {
      return await convertWithinLimits(
        limits,
        { process: this.#process, processTree: this.#processTree },
        conversion,
      )
    } finally {
      this.#documents++
    }
  }

  /** Whether it may convert a document of this owner for this region. */
  accepts({ owner, region = {} }: Pick<SlotRequest, 'owner' | 'region'>, { reuse }: RecyclePolicy): boolean {
    if (!isSameRegion(region, this.dirs.region)) return false
    return reuse !== 'owner' || owner === undefined || (this.#owner ?? owner) === owner
  }

  /** From now on it has read the documents of the request's owner; without an owner, only our own. */
  assignTo({ owner, jobId }: Pick<SlotRequest, 'owner' | 'jobId'>): void {
    this.#owner ??= owner
    this.#jobId = jobId
  }

  /** The request that it serves, or served last. */
  get request(): SlotRequest {
    const { region } = this.dirs
    return {
      region,
      ...(this.#owner !== undefined && { owner: this.#owner }),
      ...(this.#jobId !== undefined && { jobId: this.#jobId }),
    }
  }

  activity(state: EngineActivity['state']): EngineActivity {
    const process = { name: this.name, pid: this.#process.pid() ?? null, startedAt: this.#startedAt }
    const use = { documents: this.#documents, memoryBytes: this.#rssBytes ?? null }
    return { state, ...process, ...use, ...(state === 'busy' && this.#jobId && { jobId: this.#jobId }) }
  }

  /** Marks it for replacement. */
  outdate(reason: Extract<RecycleReason, 'fonts' | 'operator'>): void {
    this.#outdatedBy = reason
  }

  /** Ends the process at once; whoever waits for its document hears that it crashed. */
  kill(): void {
    this.#process.stop().catch(() => {}) // Its end reports what cannot be killed.
  }

  /**
   * Lets it stand still until `resume`, with the processes that it had when it was ready: reading the list of all would
   * cost the job that comes in its place some milliseconds.
   */
  pause(): void {
    if (!this.#isGone) pauseProcessTree(this.#processTree)
  }

  resume(): void {
    if (!this.#isGone) resumeProcessTree(this.#processTree)
  }

  /** Why it is to be replaced; undefined while it is not. */
  dueBy({ reuse, maxDocuments, maxRssBytes }: RecyclePolicy): RecycleReason | undefined {
    if (this.#outdatedBy) return this.#outdatedBy
    // A new one would be no better.
    if (this.#documents === 0) return undefined
    if (reuse === 'never') return 'reuse'
    if (this.#documents >= maxDocuments) return 'documents'
    return (this.#rssBytes ?? 0) > maxRssBytes ? 'memory' : undefined
  }

  /** Deletes the last document's files; false when something cannot be deleted, or not in time. */
  async clear(): Promise<boolean> {
    try {
      await within(IDLE_WITHIN_MS, this.#process.idle())
      await Promise.all([emptyFolder(this.dirs.workDir), this.#measure()])
      return true
    } catch {
      return false
    }
  }

  /** Kills the process and deletes its folder. */
  async end(): Promise<void> {
    await this.#process.stop()
    // A running start ends soon after its abort and writes nothing more.
    await this.#started?.catch(() => {})
    await removeFolder(this.dirs.root)
  }

  async #start(options: StartOptions): Promise<void> {
    const { root, workDir } = this.dirs
    // Only the sandbox's user may read it.
    for (const folder of [root, workDir]) await mkdir(folder, { mode: 0o700 })
    await this.#sandbox.adopt(root)
    await this.#process.start(options)
    await emptyFolder(workDir)
    const pid = this.#process.pid()
    if (pid !== undefined) this.#processTree = processTreeOf(pid)
  }

  /** Measured rarely: small documents come many a second, and none makes a process grow much. */
  async #measure(): Promise<void> {
    const now = performance.now()
    if (now - this.#measuredAt < MEASURE_EVERY_MS) return
    this.#measuredAt = now
    this.#rssBytes = usageOf(this.#processTree)?.rssBytes
  }
}

/** @throws Error after `ms` */
async function within(ms: number, done: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`not settled within ${ms} ms`)), ms)
  await Promise.race([done, promise]).finally(() => clearTimeout(timer))
}
