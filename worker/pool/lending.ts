import type { Conversion, Converted, LentEngine } from '#worker/engine.ts'
import type { PooledEngine, RecyclePolicy } from './pooled-engine.ts'

/** How long a lent process may stand still, holding memory that others may need. In milliseconds. */
const PAUSED_AT_MOST_MS = 5000

export interface LendingOptions {
  recycling: RecyclePolicy
  convert(engine: PooledEngine, conversion: Conversion): Promise<Converted>
  /** Ends a process that stood still for long. */
  onNeeded(engine: PooledEngine): void
  /** Receives a process back, with its folder empty or not. */
  onBack(engine: PooledEngine, isEmpty: boolean): void
}

export interface Lendable {
  /** Whose work it is to help with. */
  borrower: PooledEngine
  /** The idle processes; those to be used first come first. */
  ready: readonly PooledEngine[]
  /** How many slots are free. */
  free: number
}

interface Lent {
  engine: PooledEngine
  /** Set while it stands still. */
  timer?: NodeJS.Timeout | undefined
}

/** The processes that work beside those of the slots, as long as slots are free. */
export class Lending {
  readonly #options: LendingOptions
  readonly #lent = new Map<PooledEngine, Lent>()

  constructor(options: LendingOptions) {
    this.#options = options
  }

  has(engine: PooledEngine): boolean {
    return this.#lent.has(engine)
  }

  /** Lends one of the idle processes; undefined where a job would miss it. It is no longer idle then. */
  lend({ borrower, ready, free }: Lendable): { engine: PooledEngine; lent: LentEngine } | undefined {
    const { recycling } = this.#options
    const isDue = (engine: PooledEngine) => engine.dueBy(recycling) !== undefined
    // What is due may have other fonts than its successor.
    if (this.#lent.size >= free || ready.length <= free || isDue(borrower)) return undefined
    const engine = ready.find(one => !isDue(one) && one.accepts(borrower.request, recycling))
    if (!engine) return undefined
    engine.assignTo(borrower.request)
    const lent: Lent = { engine }
    this.#lent.set(engine, lent)
    return { engine, lent: this.#lentEngine(lent) }
  }

  /** Lets as many work as slots are `free`; the others stand still, and end when that lasts. */
  adapt(free: number): void {
    for (const [index, lent] of [...this.#lent.values()].entries())
      if (index < free) resume(lent)
      else this.#pause(lent)
  }

  #lentEngine(lent: Lent): LentEngine {
    const { convert, onBack } = this.#options
    const { engine } = lent
    return {
      directory: engine.dirs.workDir,
      get isPaused() {
        return lent.timer !== undefined
      },
      convert: conversion => convert(engine, conversion),
      giveBack: async () => {
        resume(lent)
        const isEmpty = await engine.clear()
        this.#lent.delete(engine)
        onBack(engine, isEmpty)
      },
    }
  }

  #pause(lent: Lent): void {
    if (lent.timer) return
    lent.engine.pause()
    lent.timer = setTimeout(() => this.#options.onNeeded(lent.engine), PAUSED_AT_MOST_MS)
  }
}

function resume(lent: Lent): void {
  if (!lent.timer) return
  clearTimeout(lent.timer)
  lent.timer = undefined
  lent.engine.resume()
}
