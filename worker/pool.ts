/**
 * The supervisor of the engine's processes. Each has a folder of its own; whoever uses a slot works in the folder of a
 * process that is ready. One more than there are slots is kept ready, so that nobody waits for a start when a process
 * dies or has served long enough.
 */
import { join } from 'node:path'
import type { Logger } from '#lib/log.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Conversion, Converted, Engine } from './engine.ts'
import { remove } from './folders.ts'
import { Hiring } from './pool/hiring.ts'
import { Member, type Recycling } from './pool/member.ts'
import type { MakeProcess } from './pool/process.ts'
import { isSameRegion, type Region } from './region.ts'
import type { Sandbox } from './sandbox.ts'
import type { Slots, Visit } from './slots.ts'
import { WaitingLine } from './waiting-line.ts'
import type { Limits } from './watch.ts'

export interface PoolOptions {
  /** @see Engine.name */
  name: string
  workshop: string
  /** How many documents are converted side by side. */
  slots: number
  sandbox: Pick<Sandbox, 'adopt'>
  makeProcess: MakeProcess
  recycling: Recycling
  /** How far a conversion may go. */
  limits: Limits
  log: Logger
  /** Told in words for the operator when no engine can be started, and null when one can again. */
  onTrouble(trouble: string | null): void
  /** For tests: the wait after a first failed start. */
  firstWaitMs?: number
}

export class Pool implements Engine {
  readonly name: string
  /** The folders of the processes that are ready, to be used instead of any others. */
  readonly slots: Slots
  readonly #options: PoolOptions
  readonly #hiring: Hiring
  readonly #line = new WaitingLine<Member, Visit>()
  readonly #members = new Set<Member>()
  readonly #idle = new Set<Member>()
  readonly #busy = new Map<string, Member>()
  readonly #ending = new Set<Promise<void>>()
  #made = 0
  #stopped = false

  constructor(options: PoolOptions) {
    this.name = options.name
    this.#options = options
    this.#hiring = new Hiring(options)
    this.slots = {
      count: options.slots,
      use: (work, visit) => this.#use(work, visit),
      close: () => remove(options.workshop),
    }
  }

  async start(): Promise<void> {
    await Promise.all(Array.from({ length: this.#options.slots }, () => this.#hire()))
    this.#staff()
  }

  async convert(conversion: Conversion): Promise<Converted> {
    const member = this.#busy.get(conversion.directory)
    if (!member) throw new Error(`${conversion.directory} is not the folder of a slot in use`)
    return member.convert(conversion, this.#options.limits)
  }

  async renew(): Promise<void> {
    const older = [...this.#members]
    for (const member of older) member.outdate()
    this.#recycle()
    await Promise.all(older.map(member => member.gone))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#hiring.stop()
    this.#line.close(new AppError('engine_crashed', { log: 'the pool is stopped' }))
    for (const member of [...this.#members]) this.#dismiss(member)
    await Promise.all(this.#ending)
  }

  async #use<T>(work: (folder: string) => Promise<T>, visit: Visit = {}): Promise<T> {
    const { signal } = visit
    const accepts = (member: Member) => member.mayServe(visit, this.#options.recycling)
    const served = this.#line.wait({ signal, accepts, about: visit })
    this.#serve()
    const member = await served
    member.belongTo(visit.owner)
    const { desk } = member.place
    try {
      return await work(desk)
    } finally {
      // What cannot be deleted goes with the whole folder.
      await member.clear().catch(() => this.#dismiss(member))
      this.#busy.delete(desk)
      if (this.#members.has(member)) this.#putBack(member)
      this.#serve()
    }
  }

  /**
   * The idle, first the one that has served longest, so that the spare stays fresh and not all come due at once; what
   * is due comes last.
   */
  #ready(): Member[] {
    const ready = [...this.#idle].filter(member => !member.isGone)
    const isDue = (member: Member) => Number(member.isDue(this.#options.recycling))
    return ready.sort((a, b) => isDue(a) - isDue(b) || b.documents - a.documents)
  }

  #putBack(member: Member): void {
    const { recycling } = this.#options
    if (member.isGone || (recycling.reuse === 'never' && member.isDue(recycling))) this.#dismiss(member)
    else this.#idle.add(member)
  }

  #serve(): void {
    const isFull = () => this.#stopped || this.#busy.size >= this.#options.slots
    for (const member of this.#ready()) {
      if (isFull() || !this.#line.serve(member)) continue
      this.#idle.delete(member)
      this.#busy.set(member.place.desk, member)
    }
    if (!isFull()) this.#makeRoom()
    this.#recycle()
  }

  /**
   * Whoever still waits beside idle ones has another owner or another region than they: where none is on its way for
   * him, a fresh one comes for one of them, least of all for one that serves what most documents need.
   */
  #makeRoom(): void {
    const served = new Set([...this.#idle, ...this.#busy.values()])
    const coming = [...this.#members].filter(member => !served.has(member))
    const isSpecial = ({ place }: Member) => Number(!isSameRegion(place.region, {}))
    const free = this.#options.slots - this.#busy.size
    for (const visit of this.#line.waiting.slice(0, free).map((visit = {}) => visit)) {
      const own = coming.findIndex(member => member.mayServe(visit, this.#options.recycling))
      if (own >= 0) coming.splice(own, 1)
      const [foreign] = this.#ready().sort((a, b) => isSpecial(b) - isSpecial(a))
      if (own < 0 && foreign) this.#dismiss(foreign, visit.region)
    }
  }

  /**
   * Replaces those that have served long enough, one by one and only while another is ready, or while nothing more may
   * start: no job waits for it.
   */
  #recycle(): void {
    for (const member of [...this.#idle]) {
      const isMissed = this.#idle.size === 1 && this.#busy.size < this.#options.slots
      if (!isMissed && member.isDue(this.#options.recycling)) this.#dismiss(member)
    }
  }

  /** Kills a process, or buries a dead one, and has another one started in its stead. */
  #dismiss(member: Member, region?: Region): void {
    if (!this.#members.delete(member)) return
    this.#idle.delete(member)
    const ending = member
      .end()
      .catch(error => this.#options.log.error({ err: error }, 'an engine could not be cleared away'))
      .finally(() => this.#ending.delete(ending))
    this.#ending.add(ending)
    this.#staff(region)
  }

  /** Starts as many processes as are missing; more than one only where others are missing for good. */
  #staff(region?: Region): void {
    const { slots, recycling } = this.#options
    const spares = recycling.reuse === 'always' ? 1 : slots
    // One that fails is dismissed, and thereby comes back here.
    while (!this.#stopped && this.#members.size < slots + spares) this.#hire(region).catch(() => {})
  }

  /** @throws AppError of the start */
  async #hire(region: Region = {}): Promise<void> {
    const { workshop, makeProcess, sandbox } = this.#options
    const member = new Member(
      { root: join(workshop, `engine-${this.#made++}`), region },
      makeProcess,
      sandbox,
    )
    this.#members.add(member)
    try {
      await this.#hiring.mayStart()
      if (!this.#members.has(member)) return
      await member.start()
    } catch (error) {
      if (!this.#stopped) this.#hiring.failed(error)
      this.#dismiss(member)
      throw error
    }
    this.#hiring.succeeded()
    this.#welcome(member)
  }

  #welcome(member: Member): void {
    if (!this.#members.has(member)) return
    this.#idle.add(member)
    void member.gone.then(() => {
      if (this.#idle.has(member)) this.#dismiss(member)
    })
    this.#serve()
  }
}
