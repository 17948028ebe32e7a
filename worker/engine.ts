import type { Progress } from '#lib/jobs.ts'

/** One document to convert. All paths are this worker's; an engine finds its own way to bring the bytes into its sandbox. */
export interface Conversion {
  sourcePath: string
  format: string
  target: string
  /** A folder of this attempt alone, where the result is to lie. */
  directory: string
  signal: AbortSignal
  /** Hears what the engine really said; phases `starting`, `loading`, `exporting`. */
  onProgress(progress: Progress): void
}

/** The result as a file in the attempt's folder, not yet checked by anybody. */
export interface Converted {
  path: string
}

/**
 * What converts. The contract says nothing of processes: one may serve many documents or live for one alone.
 * `convert` may be called as often at once as there are slots.
 */
export interface Engine {
  /** Ready after a real conversion. @throws AppError `sandbox_unavailable`, `engine_crashed` */
  start(): Promise<void>
  /** @throws AppError with what the person should hear; aborts within 2 s of the signal, nothing left behind. */
  convert(conversion: Conversion): Promise<Converted>
  stop(): Promise<void>
}
