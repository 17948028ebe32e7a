import type { Conversion, Converted } from '#worker/engine.ts'
import type { Region } from '#worker/region.ts'

/** Where one process lives: a folder of its own that ends with it. */
export interface ProcessDirs {
  /** All that the process may write to. */
  root: string
  /** Below `root`: where source and result of each document lie. Emptied between documents. */
  workDir: string
  /** In which it is started, and stays. */
  region: Region
}

/**
 * What converts one document at a time. It knows no limits: whoever calls `convert` watches the clock and the memory
 * and calls `stop`. Another kind may start a fresh process for each document and have none in between.
 */
export interface EngineProcess {
  /** Ready after a real conversion. @throws AppError `sandbox_unavailable`, `engine_crashed` */
  start(): Promise<void>
  /** @throws AppError; `engine_crashed` soon after its death; the signal's reason at once, work may go on until `stop` */
  convert(conversion: Conversion): Promise<Converted>
  /**
   * Resolves when nothing of the last document is left in it, which may be a while after the result is there. Rejects
   * when it cannot take another one.
   */
  idle(): Promise<void>
  /** Kills it with all that came of it and resolves when nothing is left; at any time, and again. */
  stop(): Promise<void>
  /** Resolves when it will convert nothing more, be it dead or stopped. */
  readonly gone: Promise<void>
  /** The outermost process that runs now, whose descendants count as its own. */
  pid(): number | undefined
}

export type MakeProcess = (dirs: ProcessDirs) => EngineProcess
