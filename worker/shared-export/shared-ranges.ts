import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Progress } from '#lib/vocabulary/job.ts'
import type { Conversion, Converted, RangeFile } from '#worker/engine.ts'
import { noteHashes } from '#worker/engines/warm/count-wide-numbers.ts'
import { newBudget, readObjects } from '#worker/pdf-graph/graph-files.ts'
import { sizeOfRegular } from '#worker/regular-file.ts'
import type { PdfObjectList } from '#worker/standards/pdf-objects.ts'
import { tooLarge } from '#worker/too-large.ts'
import { ProcessorTime } from '#worker/watchdog/processor-time.ts'
import { copyRegular } from './copy-regular.ts'
import { isExpectedLong, isWorthSharing } from './is-worth-sharing.ts'
import { joinRangeFiles, orNone } from './joined-export.ts'
import { LentWork, silent } from './lent-work.ts'
import type { Sharer } from './page-plan.ts'
import { RangePlan } from './range-plan.ts'
import type { SharingOptions } from './shared-conversion.ts'
import { SharedProgress } from './shared-progress.ts'

/** Shorter workbooks gain nothing; the objects of longer ones take more memory than their joining may. */
const PAGES = { least: 64, most: 10_000 }
/** How many pages are exported for a try: enough to know the pace. */
const TRIED = { least: 4, most: 12, share: 1 / 32 }

type RangesOf = ReturnType<NonNullable<Conversion['ranges']>>

/** A range that is exported. */
interface Part {
  from: number
  hashes: number
  objects: Promise<PdfObjectList>
}

/** One conversion of a workbook, whose pages a second engine helps to export once that is worth it. */
export class SharedRanges {
  readonly #given: SharingOptions
  readonly #conversion: Conversion
  readonly #progress: SharedProgress
  /** The start of the names of its files: of several sources in one slot each has its own. */
  readonly #name = `shared-${randomUUID().slice(0, 8)}`
  readonly #lent: LentWork
  readonly #budget = newBudget()
  readonly #parts: Part[] = []
  readonly #begunAt = performance.now()
  #plan: RangePlan | undefined
  #isTrying = false
  #total = 0
  /** The size of all parts. */
  #bytes = 0
  /** The `###` of a whole export. */
  #hashes = 0
  /** How many pages each engine has exported or is exporting. */
  readonly #counts: Record<Sharer, number> = { own: 0, lent: 0 }

  constructor(given: SharingOptions) {
    const { lend, conversion } = given
    const { processor = new ProcessorTime() } = conversion
    this.#given = given
    this.#conversion = { ...conversion, processor }
    this.#progress = new SharedProgress(conversion.onProgress)
    const onLost = () => this.#lose()
    this.#lent = new LentWork({ conversion: { ...conversion, processor }, lend, onLost })
  }

  /** @throws as of `Engine.convert` */
  async run(): Promise<Converted> {
    const { engine } = this.#given
    const { signal } = this.#conversion
    if (isExpectedLong(this.#conversion) && this.#lent.lend()) this.#share()
    try {
      const own = await engine.convert({
        ...this.#conversion,
        ranges: total => this.#ownRanges(total),
        onProgress: progress => this.#onProgress(progress),
      })
      const lent = await this.#lent.made()
      signal.throwIfAborted()
      const hashCells = Math.max(own.hashCells ?? 0, lent?.hashCells ?? 0)
      return (await this.#join({ ...own, hashCells })) ?? (await engine.convert(silent(this.#conversion)))
    } finally {
      await this.#lent.end()
      await Promise.allSettled(this.#parts.map(({ objects }) => objects))
    }
  }

  async *#ownRanges(total: number): RangesOf {
    this.#total = total
    if (this.#lent.hasBegun ? total > PAGES.most : !(yield* this.#tried(total))) {
      await this.#lent.end()
      this.#plan = undefined
      this.#hashes = (yield undefined).hashes
      return
    }
    const plan = this.#planFor(total)
    yield* this.#left(plan, 'own')
    await this.#lent.made()
    // What was lost.
    yield* this.#left(plan, 'own')
  }

  /** Exports some pages for a try, and lets a second engine begin where their pace shows that it is worth it. */
  async *#tried(total: number): AsyncGenerator<string, boolean, RangeFile> {
    if (total < PAGES.least || total > PAGES.most || !this.#lent.lend()) return false
    const pages = pagesToTry(total)
    const begunAt = performance.now()
    this.#isTrying = true
    yield pages.join(',')
    this.#isTrying = false
    const { isWorth = isWorthSharing } = this.#given.options
    const pace = { loadMs: begunAt - this.#begunAt, exportMs: performance.now() - begunAt }
    if (!isWorth({ ...pace, done: pages.length, total: total + pages.length })) return false
    this.#share()
    return true
  }

  #share(): void {
    this.#lent.begin({
      ranges: total => this.#left(this.#planFor(total), 'lent'),
      onProgress: ({ current }) => this.#count('lent', current),
    })
  }

  #planFor(total: number): RangePlan {
    if (this.#plan?.total !== total) this.#plan = new RangePlan(total)
    return this.#plan
  }

  /** The ranges that an engine takes until none are left; what is exported is read at once. */
  async *#left(plan: RangePlan, sharer: Sharer): RangesOf {
    for (let range = plan.next(sharer); range; range = plan.next(sharer)) {
      const { from, to } = range
      const file = yield `${from}-${to}`
      const path = sharer === 'own' ? file.path : await this.#copied(file, from)
      await this.#refuseTooLarge(path)
      this.#parts.push({ from, hashes: file.hashes, objects: this.#read(path, from) })
    }
  }

  /** Each file alone may have the size of a result. @throws AppError `result_too_large` */
  async #refuseTooLarge(path: string): Promise<void> {
    const { resultBytes } = this.#given.options.limits
    this.#bytes += await sizeOfRegular(path)
    if (this.#bytes > resultBytes) throw tooLarge(this.#conversion.target, resultBytes)
  }

  async #copied({ path }: RangeFile, from: number): Promise<string> {
    const copy = join(this.#conversion.directory, `${this.#name}-${from}.pdf`)
    await copyRegular(path, copy)
    return copy
  }

  #read(path: string, from: number): Promise<PdfObjectList> {
    const pdf = { path, name: `${this.#name}-${from}`, budget: this.#budget }
    const objects = readObjects(pdf, { conversion: this.#conversion, options: this.#given.options })
    // It is awaited when all are there.
    objects.catch(() => {})
    return objects
  }

  #lose(): void {
    this.#plan?.lose()
    this.#counts.lent = this.#plan?.done('lent') ?? 0
  }

  #onProgress(progress: Progress): void {
    if (this.#isTrying) return
    this.#count('own', progress.current)
    this.#progress.own(progress)
  }

  #count(sharer: Sharer, current: number | null): void {
    if (current === null) return
    this.#counts[sharer] = (this.#plan?.done(sharer) ?? 0) + current
    this.#progress.both(this.#counts.own + this.#counts.lent, this.#total)
  }

  /** Undefined where the parts do not fit together. */
  async #join({ hashCells: own = 0, ...converted }: Converted): Promise<Converted | undefined> {
    const parts = this.#parts.toSorted((one, other) => one.from - other.from)
    const drawn = this.#plan ? parts.reduce((sum, { hashes }) => sum + hashes, 0) : this.#hashes
    noteHashes({ drawn, own }, this.#conversion)
    if (!this.#plan) return this.#total > 0 ? { ...converted, exported: this.#total } : converted
    const path = await orNone(this.#conversion, async () => {
      const objects = await Promise.all(parts.map(part => part.objects))
      const ranges = { objects, total: this.#total, name: this.#name }
      return joinRangeFiles(ranges, { conversion: this.#conversion, options: this.#given.options })
    })
    return path === undefined ? undefined : { ...converted, path, exported: this.#total }
  }
}

/** The pages that are exported for a try, all over the document. */
function pagesToTry(total: number): number[] {
  const count = Math.min(TRIED.most, Math.max(TRIED.least, Math.ceil(total * TRIED.share)))
  return Array.from({ length: count }, (_, index) => 1 + Math.floor((index * total) / count))
}
