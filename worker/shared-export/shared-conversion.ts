import { randomUUID } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '#lib/vocabulary/job.ts'
import type { Conversion, Converted, Engine, LentEngine, PageShare } from '#worker/engine.ts'
import { usualLoadShare } from '#worker/load-share.ts'
import type { PagesOptions } from '#worker/pages.ts'
import { ProcessorTime } from '#worker/watchdog/processor-time.ts'
import { copyRegular } from './copy-regular.ts'
import { isWorthFromStart, isWorthSharing } from './is-worth-sharing.ts'
import { joinExports } from './joined-export.ts'
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
  readonly #processor: ProcessorTime
  readonly #progress: SharedProgress
  /** The start of the names of its files: of several sources in one slot each has its own. */
  readonly #name = `shared-${randomUUID().slice(0, 8)}`
  readonly #ending = new AbortController()
  readonly #begunAt = performance.now()
  #exportingAt = 0
  #plan: PagePlan | undefined
  #lent: LentEngine | undefined
  /** Resolves with the path of the lent engine's PDF in our slot; undefined when its work is lost. */
  #share: Promise<string | undefined> | undefined

  constructor(given: SharingOptions) {
    this.#given = given
    this.#processor = given.conversion.processor ?? new ProcessorTime()
    this.#conversion = { ...given.conversion, processor: this.#processor }
    this.#progress = new SharedProgress(given.conversion.onProgress)
  }

  /** @throws as of `Engine.convert` */
  async run(): Promise<Converted> {
    const { signal, format, expectedSeconds: seconds, loadShare = usualLoadShare(format) } = this.#conversion
    if (seconds && isWorthFromStart({ seconds, loadShare })) this.#share = this.#startShare()
    try {
      const own = await this.#convertOwn({ drawsFirst: true, drawsNext: printed => this.#drawsOwn(printed) })
      const plan = this.#plan
      if (!plan?.isShared) return own
      const share = await this.#share
      signal.throwIfAborted()
      return (await this.#join(own, plan, share)) ?? (await this.#convertAgain())
    } finally {
      this.#ending.abort(signal.reason)
      await this.#share
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
    if (!this.#share && this.#isWorth(done, total)) this.#share = this.#startShare()
    const draws = plan.draws('own', done, this.#lent)
    if (plan.isShared) this.#progress.both(plan.begun)
    return draws
  }

  #drawsLent({ done, total }: Printed): boolean {
    const plan = this.#planFor(total)
    const draws = plan.draws('lent', done)
    if (draws) this.#progress.both(plan.begun)
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

  /** Undefined while no engine is idle. */
  #startShare(): Promise<string | undefined> | undefined {
    this.#lent = this.#given.lend(this.#conversion.directory)
    return this.#lent && this.#convertShare(this.#lent)
  }

  async #convertShare(lent: LentEngine): Promise<string | undefined> {
    const { signal, sourcePath, format, directory } = this.#conversion
    const source = join(lent.directory, `source.${format}`)
    const path = join(directory, `${this.#name}-lent.pdf`)
    try {
      await copyRegular(sourcePath, source)
      const { path: made } = await lent.convert({
        ...silent(this.#conversion),
        ...{ sourcePath: source, directory: lent.directory },
        signal: AbortSignal.any([signal, this.#ending.signal]),
        processor: this.#processor.beside(),
        share: { drawsFirst: false, drawsNext: printed => this.#drawsLent(printed) },
      })
      await copyRegular(made, path)
      return path
    } catch {
      // Whatever it was: the document's own engine draws those pages, and fails where they cannot be drawn.
      this.#plan?.lose()
      return undefined
    } finally {
      this.#lent = undefined
      const back = lent.giveBack()
      // Closing a document takes a second, for which a result need not wait.
      if (this.#ending.signal.aborted || signal.aborted) await back
    }
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
    return joinExports(exports, { conversion: this.#conversion, options }).catch(error => {
      if (this.#conversion.signal.aborted) throw error
      return undefined
    })
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

/** The same conversion, of which all was told before. */
function silent({ onFirstPage: _, onNote: __, ...conversion }: Conversion): Conversion {
  return { ...conversion, onProgress: () => {} }
}
