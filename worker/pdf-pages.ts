import { AppError } from '#lib/errors.ts'
import type { Sandbox } from './sandbox.ts'

/** pdfinfo needs milliseconds for thousands of pages; a PDF that makes it hang is not readable. */
const READ_WITHIN_MS = 30_000

export interface PdfFile {
  path: string
  /** The slot's folder that it lies in. */
  slot: string
  signal: AbortSignal
}

/**
 * How many pages a PDF has, by poppler and in the sandbox: it was written by a process that had read hostile bytes.
 * @throws AppError `bad_result` where it has none or cannot be read; the signal's reason
 */
export async function countPages({ path, slot, signal }: PdfFile, sandbox: Sandbox): Promise<number> {
  const timer = AbortSignal.timeout(READ_WITHIN_MS)
  const inside = sandbox.pathInside(slot, path)
  const read = await sandbox
    .run(['pdfinfo', inside], { slot, signal: AbortSignal.any([signal, timer]) })
    .catch(error => {
      const hung = timer.aborted && !signal.aborted
      throw hung ? unreadable(`pdfinfo read it for ${READ_WITHIN_MS / 1000} s`) : error
    })
  const pages = Number(/^Pages:\s*(\d+)$/m.exec(read.stdout)?.[1] ?? 0)
  if (read.code !== 0 || pages < 1)
    throw unreadable(`pdfinfo ended with ${read.code}, ${pages} pages: ${read.stderr}`)
  return pages
}

function unreadable(log: string): AppError {
  return new AppError('bad_result', { details: { target: 'PDF' }, log })
}
