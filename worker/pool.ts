/**
 * Manages the engine's processes. Each has its own folder; a slot uses the folder of a ready process. One process more
 * than there are slots is kept ready, so that no job waits for a start when a process dies or is recycled.
 */
import { join } from 'node:path'
import type { KillReason, RecycleReason } from '#lib/metrics/work-fact.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { EngineActivity } from '#lib/worker-activity.ts'
import type { EngineOrder } from '#lib/worker-orders.ts'
import type { Conversion, Converted, Engine, LentEngine } from './engine.ts'
import { removeFolder } from './folders.ts'
import type { StartOptions } from './pool/engine-process.ts'
import { killReasonOf } from './pool/kill-reason.ts'
import { Lending } from './pool/lending.ts'
import type { PoolOptions } from './pool/pool-options.ts'
import { PooledEngine } from './pool/pooled-engine.ts'
import { StartBackoff } from './pool/start-backoff.ts'
import { isSameRegion, type Region } from './region.ts'
import type { SlotRequest, Slots } from './slots.ts'
import { WaitQueue } from './wait-queue.ts'

/** An engine whose slots and processes share their folders: `use` a slot, then `convert` in its folder. */
export class Pool implements Engine {
  readonly name: string
  /** Slots whose folders belong to ready processes; `convert` only accepts these folders. */
  readonly slots: Slots
  readonly #options: PoolOptions
  readonly #startBackoff: StartBackoff
  readonly #queue = new WaitQueue<PooledEngine, SlotRequest>()
  readonly #engines = new Set<PooledEngine>()
  readonly #idle = new Set<PooledEngine>()
  readonly #busy = new Map<string, PooledEngine>()
  readonly #lending: Lending
  readonly #ending = new Set<Promise<void>>()
  /** Those whose end was told. */
  readonly #reported = new WeakSet<PooledEngine>()
  #started = 0
  #stopped = false

  constructor(options: PoolOptions) {
    this.name = options.name
    this.#options = options
    this.#startBackoff = new StartBackoff(options)
    this.#lending = new Lending({
      recycling: options.recycling,
      convert: (engine, conversion) => this.#convertBy(engine, conversion),
      onNeeded: engine => this.#replace(engine, 'needed'),
      onBack: (engine, isEmpty) => this.#takeBack(engine, isEmpty),
    })
    this.slots = {
      count: options.slots,
      use: (work, request) => this.#use(work, request),
      activity: () => [...this.#engines].map(engine => engine.activity(this.#stateOf(engine))),
      obey: order => this.#obey(order),
      close: () => removeFolder(options.scratchDir),
    }
  }

  async startOne(): Promise<void> {
    // An engine that serves one document only would be gone after it.
    if (this.#options.recycling.reuse === 'never') await this.start()
    else await this.#startEngine({ isUnproven: true })
  }

  async start(): Promise<void> {
    const missing = Math.max(0, this.#options.slots - this.#engines.size)
    await Promise.all(Array.from({ length: missing }, () => this.#startEngine()))
    this.#ensureCapacity()
  }

  async convert(conversion: Conversion): Promise<Converted> {
    const engine = this.#busy.get(conversion.directory)
    if (!engine) throw new Error(`${conversion.directory} is not the folder of a slot in use`)
    return this.#convertBy(engine, conversion)
  }

  lend(directory: string): LentEngine | undefined {
    const borrower = this.#busy.get(directory)
    if (!borrower || this.#queue.waiting.length > 0) return undefined
    const free = this.#options.slots - this.#busy.size
    const found = this.#lending.lend({ borrower, ready: this.#ready(), free })
    if (found) this.#idle.delete(found.engine)
    return found?.lent
  }

  async #convertBy(engine: PooledEngine, conversion: Conversion): Promise<Converted> {
    try {
      return await engine.convert(conversion, this.#options.limits)
    } catch (error) {
      if (engine.isGone) this.#reportDeath(engine, killReasonOf(error, conversion.signal))
      throw error
    }
  }

  async renew(): Promise<void> {
    const older = [...this.#engines]
    for (const engine of older) engine.outdate('fonts')
    this.#recycle()
    await Promise.all(older.map(engine => engine.gone))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#startBackoff.stop()
    this.#queue.close(new AppError('engine_crashed', { log: 'the pool is stopped' }))
    for (const engine of [...this.#engines]) this.#evict(engine)
    await Promise.all(this.#ending)
  }

  async #use<T>(work: (folder: string) => Promise<T>, request: SlotRequest = {}): Promise<T> {
    const { signal } = request
    const accepts = (engine: PooledEngine) => engine.accepts(request, this.#options.recycling)
    const assigned = this.#queue.wait({ signal, accepts, about: request })
    this.#assign()
    const member = await assigned
    member.assignTo(request)
    const { workDir } = member.dirs
    try {
      return await work(workDir)
    } finally {
      const isEmpty = await member.clear()
      this.#busy.delete(workDir)
      this.#takeBack(member, isEmpty)
    }
  }

  /** What cannot be deleted is removed with the whole folder. */
  #takeBack(engine: PooledEngine, isEmpty: boolean): void {
    if (!isEmpty) this.#replace(engine, 'leftovers')
    if (this.#engines.has(engine)) this.#putBack(engine)
    this.#assign()
  }

  /** A killed process fails its document as one that crashed, and is replaced as such. */
  #obey({ engine: name, action }: EngineOrder): void {
    const engine = [...this.#engines].find(one => one.name === name)
    if (!engine) return
    if (action === 'kill') {
      this.#reportDeath(engine, 'operator')
      engine.kill()
    } else {
      engine.outdate('operator')
      this.#recycle()
    }
  }

  #stateOf(engine: PooledEngine): EngineActivity['state'] {
    if (this.#idle.has(engine)) return 'idle'
    if (this.#lending.has(engine)) return 'busy'
    return this.#busy.get(engine.dirs.workDir) === engine ? 'busy' : 'starting'
  }

  /**
   * The idle engines. The one with the most documents comes first, so that the spare stays fresh and they are not all
   * due at once; engines that are due come last.
   */
  #ready(): PooledEngine[] {
    const ready = [...this.#idle].filter(engine => !engine.isGone)
    const isDue = (engine: PooledEngine) => Number(engine.dueBy(this.#options.recycling) !== undefined)
    return ready.sort((a, b) => isDue(a) - isDue(b) || b.documents - a.documents)
  }

  #putBack(engine: PooledEngine): void {
    const { recycling } = this.#options
    if (engine.isGone || (recycling.reuse === 'never' && engine.dueBy(recycling)))
      this.#replace(engine, 'reuse')
    else this.#idle.add(engine)
  }

  #assign(): void {
    const isFull = () => this.#stopped || this.#busy.size >= this.#options.slots
    for (const engine of this.#ready()) {
      if (isFull() || !this.#queue.offer(engine)) continue
      this.#idle.delete(engine)
      this.#busy.set(engine.dirs.workDir, engine)
    }
    if (!isFull()) this.#makeCapacity()
    this.#recycle()
    this.#lending.adapt(this.#options.slots - this.#busy.size)
  }

  /**
   * Makes room for requests that no idle engine accepts, because of another owner or region: unless a suitable engine
   * is already starting, one idle engine is replaced, preferably one for a rare region.
   */
  #makeCapacity(): void {
    const assigned = new Set([...this.#idle, ...this.#busy.values()])
    const coming = [...this.#engines].filter(engine => !assigned.has(engine))
    const isSpecial = ({ dirs }: PooledEngine) => Number(!isSameRegion(dirs.region, {}))
    const free = this.#options.slots - this.#busy.size
    for (const request of this.#queue.waiting.slice(0, free).map((request = {}) => request)) {
      const own = coming.findIndex(engine => engine.accepts(request, this.#options.recycling))
      if (own >= 0) coming.splice(own, 1)
      const [foreign] = this.#ready().sort((a, b) => isSpecial(b) - isSpecial(a))
      if (own < 0 && foreign) this.#replace(foreign, 'unsuitable', request.region)
    }
  }

  /**
   * Replaces engines that have served long enough, one by one, and only while another is ready or no more jobs may
   * start, so that no job waits.
   */
  #recycle(): void {
    for (const engine of [...this.#idle]) {
      const isMissed = this.#idle.size === 1 && this.#busy.size < this.#options.slots
      const reason = engine.dueBy(this.#options.recycling)
      if (!isMissed && reason) this.#replace(engine, reason)
    }
  }

  /** Kills a process that works, for this reason, or cleans up after a dead one; starts another in its place. */
  #replace(engine: PooledEngine, reason: RecycleReason, region?: Region): void {
    if (!this.#engines.has(engine)) return
    if (engine.isGone) this.#reportDeath(engine)
    else {
      this.#reported.add(engine)
      this.#options.observe?.({ type: 'engineRecycled', reason })
    }
    this.#evict(engine, region)
  }

  /** Tells once why a process was killed, or that it died. One that was replaced was told before. */
  #reportDeath(engine: PooledEngine, reason: KillReason = 'crash'): void {
    if (this.#reported.has(engine)) return
    this.#reported.add(engine)
    this.#options.observe?.({ type: 'engineKilled', reason })
  }

  /** Kills a process, or cleans up after a dead one, and starts another in its place. */
  #evict(engine: PooledEngine, region?: Region): void {
    if (!this.#engines.delete(engine)) return
    this.#idle.delete(engine)
    const ending = engine
      .end()
      .catch(error => this.#options.log.error({ err: error }, 'an engine could not be cleared away'))
      .finally(() => this.#ending.delete(ending))
    this.#ending.add(ending)
    this.#ensureCapacity(region)
  }

  /** Starts the missing processes: one spare, or one for each slot where `reuse` is not `always`. */
  #ensureCapacity(region?: Region): void {
    const { slots, recycling } = this.#options
    const spares = recycling.reuse === 'always' ? 1 : slots
    // A failed engine is evicted, which calls this again.
    while (!this.#stopped && this.#engines.size < slots + spares)
      this.#startEngine({ region }).catch(() => {})
  }

  /** @throws AppError of the start */
  async #startEngine({
    region = {},
    ...how
  }: StartOptions & { region?: Region | undefined } = {}): Promise<void> {
    const { scratchDir, makeProcess, sandbox } = this.#options
    const engine = new PooledEngine(
      { root: join(scratchDir, `engine-${this.#started++}`), region },
      makeProcess,
      sandbox,
    )
    this.#engines.add(engine)
    try {
      await this.#startBackoff.mayStart()
      if (!this.#engines.has(engine)) return
      await engine.start(how)
    } catch (error) {
      if (!this.#stopped) {
        this.#startBackoff.failed(error)
        this.#options.observe?.({ type: 'engineNotStarted' })
      }
      this.#evict(engine)
      throw error
    }
    this.#startBackoff.succeeded()
    this.#options.observe?.({ type: 'engineStarted' })
    this.#addReady(engine)
  }

  #addReady(engine: PooledEngine): void {
    if (!this.#engines.has(engine)) return
    this.#idle.add(engine)
    void engine.gone.then(() => {
      if (this.#idle.has(engine)) this.#replace(engine, 'leftovers')
    })
    this.#assign()
  }
}
