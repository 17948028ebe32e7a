import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { AppError } from '#lib/errors.ts'
import { FileText } from './check-result/file-text.ts'
import { pagesInTree } from './check-result/page-tree.ts'
import type { Sandbox } from './sandbox.ts'

/** pdfinfo needs milliseconds for thousands of pages; a PDF that makes it hang is not readable. */
const READ_WITHIN_MS = 30_000

export interface Result {
  path: string
  target: string
  /** How many slides or pages the engine said it exported, hidden ones too; undefined where it said nothing. */
  exported?: number
  /** The slot's folder that it lies in. */
  slot: string
  signal: AbortSignal
}

/**
 * Whether the engine's result can be read, whatever the engine says of itself: its exit code 0 means nothing, and it
 * gives an empty PDF for a file of random bytes. Gives the number of pages. Where engine and file do not say the same
 * number in so many words, poppler is asked, in the sandbox too: the result was written by a process that had read
 * hostile bytes.
 * @throws AppError `bad_result`
 */
export async function checkResult(result: Result, sandbox: Sandbox): Promise<number> {
  const told = await look(result)
  if (told !== undefined && told > 0 && told === result.exported) return told
  const pages = await readPages(result, sandbox)
  // Fewer are fine: hidden slides are counted and not printed.
  if (result.exported !== undefined && pages > result.exported)
    throw bad(result, `${pages} pages, though ${result.exported} were exported`)
  return pages
}

/** A first look at the file itself; gives how many pages it says it has, where it says so plainly. */
async function look(result: Result): Promise<number | undefined> {
  const file = await openRegular(result.path)
  if (!file) throw bad(result, 'the result is not a regular file')
  try {
    const text = await FileText.open(file)
    const head = await text.slice(0, 8)
    if (!head.startsWith('%PDF-')) throw bad(result, `the result begins with ${JSON.stringify(head)}`)
    return await pagesInTree(text)
  } finally {
    await file.close()
  }
}

/** Undefined for anything but a regular file, which alone is safe to open in a folder of others. */
async function openRegular(path: string): Promise<FileHandle | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await open(path, flags).catch(() => undefined)
  if (!file || (await file.stat()).isFile()) return file
  await file.close()
  return undefined
}

async function readPages(result: Result, sandbox: Sandbox): Promise<number> {
  const { slot, signal, path } = result
  const timer = AbortSignal.timeout(READ_WITHIN_MS)
  const inside = sandbox.pathInside(slot, path)
  const read = await sandbox
    .run(['pdfinfo', inside], { slot, signal: AbortSignal.any([signal, timer]) })
    .catch(error => {
      const hung = timer.aborted && !signal.aborted
      throw hung ? bad(result, `pdfinfo read it for ${READ_WITHIN_MS / 1000} s`) : error
    })
  const pages = Number(/^Pages:\s*(\d+)$/m.exec(read.stdout)?.[1] ?? 0)
  if (read.code !== 0 || pages < 1)
    throw bad(result, `pdfinfo ended with ${read.code}, ${pages} pages: ${read.stderr}`)
  return pages
}

function bad({ target }: Result, log: string): AppError {
  return new AppError('bad_result', { details: { target: target.toUpperCase() }, log })
}
