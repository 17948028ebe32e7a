import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError } from '#lib/vocabulary/errors.ts'
import { openRegular } from '#worker/regular-file.ts'
import { tooLarge } from '#worker/too-large.ts'
import { type Poppler, runPoppler } from './poppler.ts'
import type { SelectedPage } from './selection.ts'

/** The number of pages that takes some tenths of a second. */
const AT_ONCE = 50

export interface Reading extends Poppler {
  /** Keeps columns side by side, as in a table. */
  columns: boolean
  onPage(done: number): void
}

/**
 * Writes the text of these pages into a new file, UTF-8, with a form feed after each page.
 * @throws AppError as of `runPoppler`; the signal's reason
 */
export async function readText(
  pdf: string,
  { pages, path }: { pages: readonly SelectedPage[]; path: string },
  how: Reading,
): Promise<void> {
  const { sandbox, slot, columns, onPage } = how
  const part = join(slot, 'part.txt')
  const look = ['-enc', 'UTF-8', ...(columns ? ['-layout'] : [])]
  let [done, bytes] = [0, 0]
  for (const run of runsOf(pages)) {
    onPage(done)
    const [first, last] = [run[0], run.at(-1)]
    if (!first || !last) continue
    const range = ['-f', String(first.at), '-l', String(last.at)]
    const [from, to] = [sandbox.pathInside(slot, pdf), sandbox.pathInside(slot, part)]
    await runPoppler(['pdftotext', ...look, ...range, from, to], how, { page: first.number })
    bytes += await append(part, path, how)
    if (bytes > how.limits.resultBytes) throw tooLarge(how.target, how.limits.resultBytes)
    done += run.length
  }
}

/** Runs of consecutive pages, of limited length. */
function runsOf(pages: readonly SelectedPage[]): SelectedPage[][] {
  const runs: SelectedPage[][] = []
  for (const page of pages) {
    const run = runs.at(-1)
    const follows = run?.at(-1)?.at === page.at - 1
    if (run && follows && run.length < AT_ONCE) run.push(page)
    else runs.push([page])
  }
  return runs
}

async function append(part: string, path: string, { target, signal }: Poppler): Promise<number> {
  const file = await openRegular(part)
  if (!file) throw new AppError('bad_result', { details: { target: target.toUpperCase() }, log: 'no text' })
  const { size } = await file.stat()
  await pipeline(file.createReadStream(), createWriteStream(path, { flags: 'a' }), { signal })
  // The next one is created anew, because this process cannot overwrite a file of the sandbox's user.
  await rm(part)
  return size
}
