import { statSync } from 'node:fs'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Progress } from '#lib/vocabulary/job.ts'
import { processTreeOf } from '#worker/sandbox/process-tree.ts'
import { type Usage, usageOf } from '#worker/sandbox/usage.ts'
import { tooLarge } from '#worker/too-large.ts'
import { ProcessorTime } from './watchdog/processor-time.ts'
import { StallClock } from './watchdog/stall.ts'

const MEASURE_EVERY_MS = 200
/** The list of all processes is read only every so many looks: it costs some milliseconds. */
const PROCESS_TREE_EVERY = 10

/** How far one conversion may go. */
export interface ConversionLimits {
  /** Of the processor, all processes together, those that have ended too. */
  cpuMs: number
  /** Neither progress nor use of the processor for so long. */
  stallMs: number
  memoryBytes: number
  resultBytes: number
}

export interface WatchedConversion {
  /** The outermost process that works. */
  pid(): number | undefined
  /** With its descendants, as they were last seen; empty for one that begins only now. */
  processTree: readonly number[]
  /** Where the result grows. */
  resultPath: string
  target: string
  /** Of the whole conversion; without it what is used from now on counts alone. */
  processor?: ProcessorTime | undefined
}

/** Looks from outside at one piece of work, five times a second, until `stop`; tells the first limit that it passes. */
export class Watchdog {
  readonly #watched: WatchedConversion
  readonly #limits: ConversionLimits
  readonly #onLimit: (error: AppError) => void
  readonly #stall: StallClock
  readonly #processor: ProcessorTime
  readonly #timer: NodeJS.Timeout
  #isIdle = false
  #processTree: readonly number[]
  #measurements = 0
  /** What the processes had used of the processor before. */
  #usedBeforeMs: number | undefined
  #peakBytes = 0
  #last: Pick<Progress, 'phase' | 'current' | 'unit'> | undefined

  constructor(watched: WatchedConversion, limits: ConversionLimits, onLimit: (error: AppError) => void) {
    this.#watched = watched
    this.#processTree = watched.processTree
    this.#limits = limits
    this.#onLimit = onLimit
    this.#stall = new StallClock(limits.stallMs, performance.now())
    this.#processor = watched.processor ?? new ProcessorTime()
    this.#timer = setInterval(() => this.#measure(), MEASURE_EVERY_MS)
    if (watched.processTree.length === 0) this.#usedBeforeMs = 0
    else this.#measure()
  }

  onProgress(progress: Pick<Progress, 'phase' | 'current' | 'unit'>): void {
    this.#last = progress
    this.#stall.progressed(performance.now())
  }

  /** `cpuMs` is what the processes used of the processor in all, where somebody knows it better. */
  stop(cpuMs?: number): void {
    clearInterval(this.#timer)
    this.#processor.ended(cpuMs)
  }

  /** Why an engine died, when it died of a limit before this could see it. */
  postMortem(): AppError | undefined {
    // The kernel refuses memory, and the engine dies, somewhat above the limit.
    if (this.#peakBytes > this.#limits.memoryBytes * 0.8) return this.#tooMuchMemory()
    return this.#isResultTooLarge() ? this.#tooLarge() : undefined
  }

  /** @throws AppError `result_too_large` */
  checkResult(): void {
    if (this.#isResultTooLarge()) throw this.#tooLarge()
  }

  /** Those that do nothing may wait for one that they have started since: on a busy machine that takes its time. */
  #measure(): void {
    const pid = this.#watched.pid()
    const isDue =
      this.#isIdle ||
      this.#processTree.length === 0 ||
      this.#measurements % PROCESS_TREE_EVERY === PROCESS_TREE_EVERY - 1
    this.#measurements++
    if (pid !== undefined && isDue) this.#processTree = processTreeOf(pid)
    this.#judge(usageOf(this.#processTree))
  }

  #judge(usage: Usage | undefined): void {
    const { usedMs: usedUntilNow } = this.#processor
    if (usage) {
      this.#peakBytes = Math.max(this.#peakBytes, usage.rssBytes)
      this.#usedBeforeMs ??= usage.cpuMs
      this.#processor.sees(usage.cpuMs - this.#usedBeforeMs)
    }
    const { usedMs } = this.#processor
    this.#isIdle = usedMs === usedUntilNow
    if (this.#peakBytes > this.#limits.memoryBytes) this.#onLimit(this.#tooMuchMemory())
    else if (this.#isResultTooLarge()) this.#onLimit(this.#tooLarge())
    else if (usedMs > this.#limits.cpuMs) this.#onLimit(this.#tooMuchWork())
    else if (this.#stall.isStalled(performance.now(), usage && usedMs)) this.#onLimit(this.#stalled())
  }

  /** Without a thread for it: the file has just been written, and asking takes microseconds. */
  #isResultTooLarge(): boolean {
    return sizeOf(this.#watched.resultPath) > this.#limits.resultBytes
  }

  #tooMuchWork(): AppError {
    return new AppError('cpu_limit', { details: { seconds: Math.round(this.#limits.cpuMs / 1000) } })
  }

  #stalled(): AppError {
    const { phase, current, unit } = this.#last ?? {}
    const place =
      current && unit ? ` at ${unit} ${current}` : phase === 'loading' ? ' while it was opened' : ''
    return new AppError('stalled', { details: { seconds: Math.round(this.#limits.stallMs / 1000), place } })
  }

  #tooMuchMemory(): AppError {
    return new AppError('out_of_memory', {
      details: { limit: Math.round(this.#limits.memoryBytes / 1e6) },
      log: `${Math.round(this.#peakBytes / 1e6)} MB`,
    })
  }

  #tooLarge(): AppError {
    return tooLarge(this.#watched.target, this.#limits.resultBytes)
  }
}

/** 0 for what is not there, or is closed by a process that means harm. */
function sizeOf(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0
  } catch {
    return 0
  }
}
