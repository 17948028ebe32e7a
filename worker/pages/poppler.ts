import { AppError } from '#lib/errors.ts'
import { LIMITS, type Sandbox } from '#worker/sandbox.ts'
import { tooLarge } from '#worker/too-large.ts'

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
  memoryBytes: number
  resultBytes: number
  /** How long one page may take, in milliseconds. */
  stallMs: number
  signal: AbortSignal
}

export interface Work {
  /** Which page it is about, for a person. */
  page: number
  /** In dots per inch, of a picture. */
  resolution?: number
}

/**
 * Runs one of poppler's programs, or another that works on the pages of a PDF, to its end.
 * @throws AppError `stalled`, `picture_too_large`, `out_of_memory`, `result_too_large`, `bad_result`; the signal's reason
 */
export async function runPoppler(command: readonly string[], how: Poppler, work: Work): Promise<void> {
  const { sandbox, slot, signal, stallMs, memoryBytes, resultBytes } = how
  const timer = AbortSignal.timeout(stallMs)
  const limits = {
    ...LIMITS,
    addressSpaceBytes: memoryBytes + ROOM_BYTES,
    fileBytes: resultBytes + ROOM_BYTES,
  }
  const ended = await sandbox
    .run(command, { slot, limits, signal: AbortSignal.any([signal, timer]) })
    .catch(error => {
      throw timer.aborted && !signal.aborted ? stalled(stallMs, work) : error
    })
  if (ended.code !== 0)
    throw failure(`${ended.code} ${ended.signal}: ${ended.stderr.slice(0, 2000)}`, how, work)
}

function failure(log: string, { target, memoryBytes, resultBytes }: Poppler, work: Work): AppError {
  const { page, resolution } = work
  const isTooMuch = OUT_OF_MEMORY.test(log)
  if (resolution && (isTooMuch || TOO_LONG.test(log)))
    return new AppError('picture_too_large', { details: { page, resolution }, log })
  if (isTooMuch)
    return new AppError('out_of_memory', { details: { limit: Math.round(memoryBytes / 1e6) }, log })
  if (log.startsWith(String(FILE_TOO_LARGE)) || log.includes('SIGXFSZ')) return tooLarge(target, resultBytes)
  return new AppError('bad_result', {
    details: { target: target.toUpperCase() },
    log: `a program for PDFs ended with ${log}`,
  })
}

function stalled(stallMs: number, { page }: Work): AppError {
  return new AppError('stalled', {
    details: { seconds: Math.round(stallMs / 1000), place: ` at page ${page}` },
  })
}
