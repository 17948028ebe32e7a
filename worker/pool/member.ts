import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Conversion, Converted } from '#worker/engine.ts'
import { empty, remove } from '#worker/folders.ts'
import { isSameRegion } from '#worker/region.ts'
import { familyOf } from '#worker/sandbox/processes.ts'
import { usageOf } from '#worker/sandbox/usage.ts'
import type { Sandbox } from '#worker/sandbox.ts'
import type { Visit } from '#worker/slots.ts'
import type { Limits } from '#worker/watch.ts'
import { convertWithin } from './guard.ts'
import type { EngineProcess, MakeProcess, Place } from './process.ts'

const MEASURE_EVERY_MS = 500
/** Closing a large document takes LibreOffice a second; the result is told long before that. */
const SETTLE_WITHIN_MS = 10_000

/** When a process is to be replaced by a fresh one. */
export interface Recycling {
  /** `owner`: a process that has seen one owner's document never sees another's. */
  reuse: 'always' | 'owner' | 'never'
  maxDocuments: number
  maxRssBytes: number
}

/** One process of the pool in the folder that is its world. */
export class Member {
  readonly place: Place
  readonly #process: EngineProcess
  readonly #sandbox: Pick<Sandbox, 'adopt'>
  #started: Promise<void> | undefined
  #family: number[] = []
  #documents = 0
  #owner: string | undefined
  #measuredAt = Number.NEGATIVE_INFINITY
  #rssBytes = 0
  #isGone = false
  #isOutdated = false

  /** `root` is a folder that does not exist yet. */
  constructor(
    { root, region }: Pick<Place, 'root' | 'region'>,
    make: MakeProcess,
    sandbox: Pick<Sandbox, 'adopt'>,
  ) {
    this.place = { root, desk: join(root, 'desk'), region }
    this.#process = make(this.place)
    this.#sandbox = sandbox
    void this.#process.gone.then(() => {
      this.#isGone = true
    })
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
  start(): Promise<void> {
    this.#started ??= this.#start()
    return this.#started
  }

  /** @throws AppError as of `convertWithin` */
  async convert(conversion: Conversion, limits: Limits): Promise<Converted> {
    try {
      return await convertWithin(limits, { process: this.#process, family: this.#family }, conversion)
    } finally {
      this.#documents++
    }
  }

  /** Whether a document of this owner, for this region, may be given to it. */
  mayServe({ owner, region = {} }: Pick<Visit, 'owner' | 'region'>, { reuse }: Recycling): boolean {
    if (!isSameRegion(region, this.place.region)) return false
    return reuse !== 'owner' || owner === undefined || (this.#owner ?? owner) === owner
  }

  /** From now on it has seen this owner's documents; without one, only such as are ours. */
  belongTo(owner: string | undefined): void {
    this.#owner ??= owner
  }

  /** The world has changed since it was started. */
  outdate(): void {
    this.#isOutdated = true
  }

  isDue({ reuse, maxDocuments, maxRssBytes }: Recycling): boolean {
    if (this.#isOutdated) return true
    // A fresh one would be no better.
    if (this.#documents === 0) return false
    if (reuse === 'never') return true
    return this.#documents >= maxDocuments || this.#rssBytes > maxRssBytes
  }

  /** Takes away what a document brought. @throws Error when something cannot be, or not in time */
  async clear(): Promise<void> {
    await within(SETTLE_WITHIN_MS, this.#process.settled())
    await Promise.all([empty(this.place.desk), this.#measure()])
  }

  /** Kills the process and deletes its folder. */
  async end(): Promise<void> {
    await this.#process.stop()
    // A start under way notices soon that it is not wanted, and writes no more.
    await this.#started?.catch(() => {})
    await remove(this.place.root)
  }

  async #start(): Promise<void> {
    const { root, desk } = this.place
    // Nobody but the sandbox's user may look in.
    for (const folder of [root, desk]) await mkdir(folder, { mode: 0o700 })
    await this.#sandbox.adopt(root)
    await this.#process.start()
    await empty(desk)
    const pid = this.#process.pid()
    if (pid !== undefined) this.#family = familyOf(pid)
  }

  /** Small documents come many a second, and none of them makes a process grow much. */
  async #measure(): Promise<void> {
    const now = performance.now()
    if (now - this.#measuredAt < MEASURE_EVERY_MS) return
    this.#measuredAt = now
    this.#rssBytes = usageOf(this.#family)?.rssBytes ?? 0
  }
}

/** @throws Error after `ms` */
async function within(ms: number, settled: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`not settled within ${ms} ms`)), ms)
  await Promise.race([settled, promise]).finally(() => clearTimeout(timer))
}
