import type { Conversion, Converted } from '#worker/engine.ts'
import type { Region } from '#worker/region.ts'

/** The folders of one process, deleted with it. */
export interface ProcessDirs {
  /** Everything that the process may write to. */
  root: string
  /** Below `root`: source and result of each document. Emptied between documents. */
  workDir: string
  /** The region that it is started with and keeps. */
  region: Region
}

export interface StartOptions {
  /** No document is converted. */
  isUnproven?: boolean
}

/**
 * Converts one document at a time. It has no limits itself: the caller of `convert` watches time and memory and calls
 * `stop`. Another implementation may start a new process for each document.
 */
export interface EngineProcess {
  /**
   * Resolves after a conversion, or without one where the caller's first document is the proof.
   * @throws AppError `sandbox_unavailable`, `engine_crashed`
   */
  start(options?: StartOptions): Promise<void>
  /**
   * Converts one document. @throws AppError; `engine_crashed` soon after its death; the signal's reason at once, while
   * work may continue until `stop`
   */
  convert(conversion: Conversion): Promise<Converted>
  /**
   * Resolves when the last document is closed, which may be a while after its result. Rejects when the process cannot
   * convert another one.
   */
  idle(): Promise<void>
  /** Kills it with all its descendants and resolves when none is left; may be called at any time and repeatedly. */
  stop(): Promise<void>
  /** Resolves when it will convert nothing more, because it died or was stopped. */
  readonly gone: Promise<void>
  /** The pid of the outermost process; its descendants count as part of it. */
  pid(): number | undefined
}

export type MakeProcess = (dirs: ProcessDirs) => EngineProcess
