import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { AppError } from '#lib/errors.ts'
import type { Sandbox } from './sandbox.ts'

/** pdfinfo needs milliseconds for thousands of pages; a PDF that makes it hang is not readable. */
const READ_WITHIN_MS = 30_000

export interface Result {
  path: string
  target: string
  /** The slot's folder that it lies in. */
  slot: string
  signal: AbortSignal
}

/**
 * Whether the engine's result can be read, whatever the engine says of itself: its exit code 0 means nothing, and it
 * gives an empty PDF for a file of random bytes. Gives the number of pages. The reader runs in the sandbox too: the
 * result was written by a process that had read hostile bytes.
 * @throws AppError `bad_result`
 */
export async function checkResult(result: Result, sandbox: Sandbox): Promise<number> {
  const bad = (log: string) =>
    new AppError('bad_result', { details: { target: result.target.toUpperCase() }, log })
  const head = await readHead(result.path)
  if (head === undefined) throw bad('the result is not a regular file')
  if (!head.startsWith('%PDF-')) throw bad(`the result begins with ${JSON.stringify(head)}`)

  const { slot, signal } = result
  const timer = AbortSignal.timeout(READ_WITHIN_MS)
  const inside = sandbox.pathInside(slot, result.path)
  const read = await sandbox
    .run(['pdfinfo', inside], { slot, signal: AbortSignal.any([signal, timer]) })
    .catch(error => {
      throw timer.aborted && !signal.aborted ? bad(`pdfinfo read it for ${READ_WITHIN_MS / 1000} s`) : error
    })
  const pages = Number(/^Pages:\s*(\d+)$/m.exec(read.stdout)?.[1] ?? 0)
  if (read.code !== 0 || pages < 1)
    throw bad(`pdfinfo ended with ${read.code}, ${pages} pages: ${read.stderr}`)
  return pages
}

/** The first bytes; undefined for anything but a regular file, which alone is safe to open in a folder of others. */
async function readHead(path: string): Promise<string | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await open(path, flags).catch(() => undefined)
  if (!file) return undefined
  try {
    if (!(await file.stat()).isFile()) return undefined
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}
