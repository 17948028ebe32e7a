import { join } from 'node:path'
import { AppError } from '#lib/vocabulary/errors.ts'
import { USUAL_QUALITY } from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import { openRegular } from '#worker/regular-file.ts'
import { tooLarge } from '#worker/too-large.ts'
import { type Poppler, runPoppler } from './poppler.ts'
import type { SelectedPage } from './selection.ts'

const USUAL_RESOLUTION = 150

/** Dots per inch for pictures of pages; undefined for vector targets. */
export function resolutionOf(target: string, { resolution = USUAL_RESOLUTION }: Options): number | undefined {
  return target === 'png' || target === 'jpg' ? Number(resolution) : undefined
}

export interface Drawing extends Poppler {
  options: Options
  onPage(done: number): void
}

/**
 * Draws pages, one after another; returns the paths of the pictures.
 * @throws AppError as of `runPoppler`, `result_too_large` also for all together; the signal's reason
 */
export async function drawPages(
  pdf: string,
  pages: readonly SelectedPage[],
  how: Drawing,
): Promise<string[]> {
  const paths: string[] = []
  let bytes = 0
  for (const page of pages) {
    how.onPage(paths.length)
    const path = await drawPage(pdf, page, how)
    bytes += await sizeOf(path, how)
    if (bytes > how.limits.resultBytes) throw tooLarge(how.target, how.limits.resultBytes)
    paths.push(path)
  }
  return paths
}

async function drawPage(pdf: string, { at, number, name }: SelectedPage, how: Drawing): Promise<string> {
  const { sandbox, slot, target, options } = how
  const resolution = resolutionOf(target, options)
  const path = join(slot, `${name}.${target}`)
  // With “-singlefile” it appends the extension itself.
  const written = resolution === undefined ? path : join(slot, name)
  const [from, to] = [sandbox.pathInside(slot, pdf), sandbox.pathInside(slot, written)]
  const page = ['-f', String(at), '-l', String(at)]
  await runPoppler(['pdftocairo', ...look(target, options), ...page, from, to], how, {
    page: number,
    resolution,
  })
  return path
}

async function sizeOf(path: string, { target }: Drawing): Promise<number> {
  const file = await openRegular(path)
  const size = (await file?.stat())?.size
  await file?.close()
  if (size) return size
  throw new AppError('bad_result', { details: { target: target.toUpperCase() }, log: 'nothing was drawn' })
}

function look(target: string, options: Options): string[] {
  const dots = ['-singlefile', '-r', String(resolutionOf(target, options))]
  if (target === 'png') return ['-png', ...dots]
  if (target === 'jpg') return ['-jpeg', '-jpegopt', `quality=${options.quality ?? USUAL_QUALITY}`, ...dots]
  return ['-svg']
}
