import { AppError } from '#lib/vocabulary/errors.ts'
import { tooLarge } from '#worker/too-large.ts'
import { type ProgramContext, runWatched } from '#worker/watched-program.ts'

const OUT_OF_MEMORY = /out of memory|bad_alloc/i
/** Cairo's error for a picture that is longer than its limit. */
const TOO_LONG = /invalid value \(typically too big\)/
/** The shell's exit code for a process that was killed because a file grew too large. */
const FILE_TOO_LARGE = 153

/** The context of poppler's programs for one document, whose PDF is in the slot. */
export type Poppler = ProgramContext

export interface Work {
  /** The page number for error messages. */
  page: number
  /** In dots per inch, for a picture. */
  resolution?: number | undefined
}

/**
 * Runs one of poppler's programs, or another one that works on the pages of a PDF, to its end.
 * @throws AppError as of `runWatched`, `picture_too_large`, `bad_result`; the signal's reason
 */
export async function runPoppler(command: readonly string[], how: Poppler, work: Work): Promise<void> {
  try {
    const { code, signal, stderr } = await runWatched(command, how, work.page)
    if (code !== 0) throw failure(`${code} ${signal}: ${stderr.slice(0, 2000)}`, how, work)
  } catch (error) {
    throw ofPicture(error, work) ?? error
  }
}

/** The memory of a picture depends on its resolution, which the user can choose. */
function ofPicture(error: unknown, { page, resolution }: Work): AppError | undefined {
  if (!resolution || !(error instanceof AppError) || error.code !== 'out_of_memory') return undefined
  return new AppError('picture_too_large', { details: { page, resolution }, cause: error })
}

function failure(log: string, { target, limits }: Poppler, { page, resolution }: Work): AppError {
  const { memoryBytes, resultBytes } = limits
  if (resolution && TOO_LONG.test(log))
    return new AppError('picture_too_large', { details: { page, resolution }, log })
  if (OUT_OF_MEMORY.test(log))
    return new AppError('out_of_memory', { details: { limit: Math.round(memoryBytes / 1e6) }, log })
  if (log.startsWith(String(FILE_TOO_LARGE))) return tooLarge(target, resultBytes)
  return new AppError('bad_result', {
    details: { target: target.toUpperCase() },
    log: `a program for PDFs ended with ${log}`,
  })
}
