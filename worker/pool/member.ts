import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Conversion, Converted } from '#worker/engine.ts'
import { empty, remove } from '#worker/folders.ts'
import { familyOf } from '#worker/sandbox/processes.ts'
import { usageOf } from '#worker/sandbox/usage.ts'
import type { Sandbox } from '#worker/sandbox.ts'
import { convertWithin } from './guard.ts'
import type { EngineProcess, MakeProcess, Place } from './process.ts'
import type { Limits } from './watch.ts'

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
  #measured: Promise<void> | undefined
  #rssBytes = 0
  #isGone = false
  #isOutdated = false

  /** `root` is a folder that does not exist yet. */
  constructor(root: string, make: MakeProcess, sandbox: Pick<Sandbox, 'adopt'>) {
    this.place = { root, desk: join(root, 'desk') }
    this.#process = make(this.place)
    this.#sandbox = sandbox
    this.#process.gone.then(() => {
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
      // Nobody waits for this before the next document does.
      this.#measured = this.#measure()
    }
  }

  /** Whether a document of this owner may be given to it. */
  mayServe(owner: string | undefined, { reuse }: Recycling): boolean {
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

  /** Takes away what a document brought. @throws Error when something cannot be deleted */
  async clear(): Promise<void> {
    await Promise.all([empty(this.place.desk), this.#measured])
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
    if (pid !== undefined) this.#family = await familyOf(pid)
  }

  async #measure(): Promise<void> {
    this.#rssBytes = (await usageOf(this.#family))?.rssBytes ?? 0
  }
}
