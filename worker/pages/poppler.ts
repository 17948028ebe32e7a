import { AppError } from '#lib/errors.ts'
import { type Ended, LIMITS, type Sandbox } from '#worker/sandbox.ts'
import { tooLarge } from '#worker/too-large.ts'
import type { ProcessorTime } from '#worker/watch/processor-time.ts'
import { type Limits, Watch } from '#worker/watch.ts'

/** The kernel's limits are the second ones; ours are told in words. */
const ROOM_BYTES = 2 ** 28
const OUT_OF_MEMORY = /out of memory|bad_alloc/i
/** What cairo says of a picture that is longer than it can count. */
const TOO_LONG = /invalid value \(typically too big\)/
/** Killed because a file grew too large, as a shell tells it. */
const FILE_TOO_LARGE = 153

/** How poppler's programs are to be run for one document. */
export interface Poppler {
  sandbox: Sandbox
  /** The slot's folder, where the PDF lies and all that is made of it. */
  slot: string
  /** What is made, as a person reads it. */
  target: string
  limits: Limits
  /** Of all programs for this document. */
  processor: ProcessorTime
  signal: AbortSignal
}

export interface Work {
  /** Which page it is about, for a person. */
  page: number
  /** In dots per inch, of a picture. */
  resolution?: number
}

/**
 * Runs one of poppler's programs to its end.
 * @throws AppError `stalled`, `cpu_limit`, `time_limit`, `picture_too_large`, `out_of_memory`, `result_too_large`, `bad_result`; the signal's reason
 */
export async function runPoppler(command: readonly string[], how: Poppler, work: Work): Promise<void> {
  const ended = await runWatched(command, how, work)
  if (ended.code !== 0)
    throw failure(`${ended.code} ${ended.signal}: ${ended.stderr.slice(0, 2000)}`, how, work)
}

async function runWatched(command: readonly string[], how: Poppler, work: Work): Promise<Ended> {
  const { sandbox, slot, target, processor, signal } = how
  const over = new AbortController()
  const stop = AbortSignal.any([signal, over.signal])
  const limits = {
    ...LIMITS,
    addressSpaceBytes: how.limits.memoryBytes + ROOM_BYTES,
    fileBytes: how.limits.resultBytes + ROOM_BYTES,
  }
  const program = sandbox.spawn(command, { slot, limits, signal: stop })
  const watched = { pid: () => program.pid, family: [], directory: slot, target, processor }
  const watch = new Watch(watched, how.limits, error => over.abort(error))
  watch.heard({ phase: 'exporting', current: work.page, unit: 'page' })
  const ended = await program.ended.finally(() => watch.stop())
  if (stop.aborted) await program.kill()
  stop.throwIfAborted()
  return ended
}

function failure(log: string, { target, limits }: Poppler, work: Work): AppError {
  const { memoryBytes, resultBytes } = limits
  const { page, resolution } = work
  const isTooMuch = OUT_OF_MEMORY.test(log)
  if (resolution && (isTooMuch || TOO_LONG.test(log)))
    return new AppError('picture_too_large', { details: { page, resolution }, log })
  if (isTooMuch)
    return new AppError('out_of_memory', { details: { limit: Math.round(memoryBytes / 1e6) }, log })
  if (log.startsWith(String(FILE_TOO_LARGE)) || log.includes('SIGXFSZ')) return tooLarge(target, resultBytes)
  return new AppError('bad_result', { details: { target: target.toUpperCase() }, log: `poppler: ${log}` })
}
