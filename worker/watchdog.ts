import { statSync } from 'node:fs'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Progress } from '#lib/vocabulary/job.ts'
import { processTreeOf } from '#worker/sandbox/process-tree.ts'
import { type Usage, usageOf } from '#worker/sandbox/usage.ts'
import { tooLarge } from '#worker/too-large.ts'
import { ProcessorTime } from './watchdog/processor-time.ts'
import { StallClock } from './watchdog/stall.ts'

const MEASURE_EVERY_MS = 200
/** The list of all processes is read only at every so many measurements, because it costs some milliseconds. */
const PROCESS_TREE_EVERY = 10

/** The limits of one conversion. */
export interface ConversionLimits {
  /** Processor time in milliseconds, of all processes together, including ended ones. */
  cpuMs: number
  /** The longest time without progress and processor use, in milliseconds. */
  stallMs: number
  memoryBytes: number
  resultBytes: number
}

export interface WatchedConversion {
  /** The pid of the outermost process. */
  pid(): number | undefined
  /** Its process tree at the last measurement; empty for a new one. */
  processTree: readonly number[]
  /** The path of the growing result. */
  resultPath: string
  target: string
  /** The processor time of the whole conversion; without it only the usage from now on counts. */
  processor?: ProcessorTime | undefined
}

/**
 * Measures one piece of work from outside, five times a second, until `stop`; reports the first limit that it exceeds.
 */
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
  /** The processor time of the processes before this work. */
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

  /** `cpuMs` is the total processor time of the processes in milliseconds, where the caller has a more exact value. */
  stop(cpuMs?: number): void {
    clearInterval(this.#timer)
    this.#processor.ended(cpuMs)
  }

  /** Why an engine died, when it exceeded a limit before this could measure it. */
  postMortem(): AppError | undefined {
    // The kernel refuses memory, and the engine dies, somewhat above the limit.
    if (this.#peakBytes > this.#limits.memoryBytes * 0.8) return this.#tooMuchMemory()
    return this.#isResultTooLarge() ? this.#tooLarge() : undefined
  }

  /** Checks the size of the result. @throws AppError `result_too_large` */
  checkResult(): void {
    if (this.#isResultTooLarge()) throw this.#tooLarge()
  }

  /** Idle processes may wait for a child started since the last list: on a busy machine its start takes time. */
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

  /** Synchronous, because the file has just been written and the call takes microseconds. */
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

/** 0 for a missing file, and for one that a hostile process made inaccessible. */
function sizeOf(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0
  } catch {
    return 0
  }
}
