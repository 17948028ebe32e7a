import { AppError } from '#lib/vocabulary/errors.ts'
import type { Sandbox } from './sandbox.ts'
import type { ConversionLimits } from './watchdog.ts'
import { runWatched } from './watched-program.ts'

/** pdfinfo needs milliseconds for thousands of pages; a PDF that exceeds these limits is unreadable. */
const LIMITS: ConversionLimits = { cpuMs: 30_000, stallMs: 30_000, memoryBytes: 3e9, resultBytes: 1e9 }

export interface PdfFile {
  path: string
  /** The folder of its slot. */
  slot: string
  signal: AbortSignal
}

/**
 * Counts the pages of a PDF with poppler in the sandbox, because a process that had read hostile bytes wrote it.
 * @throws AppError `bad_result` where it has none or cannot be read; the signal's reason
 */
export async function countPages({ path, slot, signal }: PdfFile, sandbox: Sandbox): Promise<number> {
  const how = { sandbox, slot, target: 'pdf', limits: LIMITS, signal }
  const read = await runWatched(['pdfinfo', sandbox.pathInside(slot, path)], how).catch(error => {
    throw error instanceof AppError && !signal.aborted ? unreadable(`pdfinfo: ${error.message}`) : error
  })
  const pages = Number(/^Pages:\s*(\d+)$/m.exec(read.stdout)?.[1] ?? 0)
  if (read.code !== 0 || pages < 1)
    throw unreadable(`pdfinfo ended with ${read.code}, ${pages} pages: ${read.stderr}`)
  return pages
}

function unreadable(log: string): AppError {
  return new AppError('bad_result', { details: { target: 'PDF' }, log })
}
