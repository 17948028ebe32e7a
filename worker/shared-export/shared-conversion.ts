import { randomUUID } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '#lib/vocabulary/job.ts'
import type { Conversion, Converted, Engine, PageShare } from '#worker/engine.ts'
import type { PagesOptions } from '#worker/pages.ts'
import { ProcessorTime } from '#worker/watchdog/processor-time.ts'
import { copyRegular } from './copy-regular.ts'
import { isExpectedLong, isWorthSharing } from './is-worth-sharing.ts'
import { joinExports, orNone } from './joined-export.ts'
import { LentWork, silent } from './lent-work.ts'
import { PagePlan } from './page-plan.ts'
import { SharedProgress } from './shared-progress.ts'

export interface SharedExportOptions extends PagesOptions {
  /** For tests: when a second engine begins. */
  isWorth?: typeof isWorthSharing
}

export interface SharingOptions {
  engine: Pick<Engine, 'convert'>
  lend: NonNullable<Engine['lend']>
  conversion: Conversion
  options: SharedExportOptions
}

type Printed = Parameters<PageShare['drawsNext']>[0]

/** One conversion, whose pages a second engine helps to draw once that is worth it. */
export class SharedConversion {
  readonly #given: SharingOptions
  readonly #conversion: Conversion
  readonly #progress: SharedProgress
  /** The start of the names of its files: of several sources in one slot each has its own. */
  readonly #name = `shared-${randomUUID().slice(0, 8)}`
  readonly #lent: LentWork
  readonly #begunAt = performance.now()
  #exportingAt = 0
  #plan: PagePlan | undefined

  constructor(given: SharingOptions) {
    const { lend, conversion } = given
    const { processor = new ProcessorTime() } = conversion
    this.#given = given
    this.#conversion = { ...conversion, processor }
    this.#progress = new SharedProgress(conversion.onProgress)
    const onLost = () => this.#plan?.lose()
    this.#lent = new LentWork({ conversion: { ...conversion, processor }, lend, onLost })
  }

  /** @throws as of `Engine.convert` */
  async run(): Promise<Converted> {
    const { signal } = this.#conversion
    if (isExpectedLong(this.#conversion)) this.#share()
    try {
      const own = await this.#convertOwn({ drawsFirst: true, drawsNext: printed => this.#drawsOwn(printed) })
      const plan = this.#plan
      if (!plan?.isShared) return own
      const share = await this.#lent.made()
      signal.throwIfAborted()
      return (await this.#join(own, plan, share?.path)) ?? (await this.#convertAgain())
    } finally {
      await this.#lent.end()
    }
  }

  #convertOwn(share: PageShare): Promise<Converted> {
    const onProgress = (progress: Progress) => {
      if (progress.phase === 'exporting') this.#exportingAt ||= performance.now()
      this.#progress.own(progress)
    }
    return this.#given.engine.convert({ ...this.#conversion, share, onProgress })
  }

  #drawsOwn({ done, total }: Printed): boolean {
    const plan = this.#planFor(total)
    if (!this.#lent.hasBegun && this.#isWorth(done, total)) this.#share()
    const draws = plan.draws('own', done, this.#lent)
    if (plan.isShared) this.#progress.both(plan.begun, total)
    return draws
  }

  #drawsLent({ done, total }: Printed): boolean {
    const plan = this.#planFor(total)
    const draws = plan.draws('lent', done)
    if (draws) this.#progress.both(plan.begun, total)
    return draws
  }

  #planFor(total: number): PagePlan {
    this.#plan ??= new PagePlan(total)
    return this.#plan
  }

  #isWorth(done: number, total: number): boolean {
    const { isWorth = isWorthSharing } = this.#given.options
    const loadMs = this.#exportingAt - this.#begunAt
    return isWorth({ loadMs, exportMs: performance.now() - this.#exportingAt, done, total })
  }

  /** Does nothing while no engine is idle. */
  #share(): void {
    if (!this.#lent.lend()) return
    const share: PageShare = { drawsFirst: false, drawsNext: printed => this.#drawsLent(printed) }
    this.#lent.begin({ share }, made => this.#kept(made))
  }

  /** The result of the lent engine, in our slot. */
  async #kept(made: Converted): Promise<Converted> {
    const path = join(this.#conversion.directory, `${this.#name}-lent.pdf`)
    await copyRegular(made.path, path)
    return { ...made, path }
  }

  /** Undefined where the parts do not fit together. */
  async #join(own: Converted, plan: PagePlan, share: string | undefined): Promise<Converted | undefined> {
    const missing = plan.missing()
    if (share === undefined && missing.size === 0) return own
    if (share !== undefined && missing.size > 0) return undefined
    const path = join(this.#conversion.directory, `${this.#name}-own.pdf`)
    await rename(own.path, path)
    const other = share ?? (await this.#convertAgain(missing)).path
    const isOther = (page: number) => (share ? plan.sharers[page] === 'lent' : missing.has(page))
    const drawnIn = plan.sharers.map((_, page) => Number(isOther(page)))
    const { options } = this.#given
    const exports = { own: { ...own, path }, others: [other], drawnIn, name: this.#name }
    return orNone(this.#conversion, () => joinExports(exports, { conversion: this.#conversion, options }))
  }

  /** By the document's own engine: these pages, or all in one export. */
  #convertAgain(pages?: ReadonlySet<number>): Promise<Converted> {
    const share = pages && {
      drawsFirst: pages.has(0),
      drawsNext: ({ done }: Printed) => pages.has(done),
    }
    return this.#given.engine.convert({ ...silent(this.#conversion), ...(share && { share }) })
  }
}
