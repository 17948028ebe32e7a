/** How a result is shown in the page. Pure. */
import { isBundle, PDF_TARGETS, PICTURE_TARGETS } from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'

interface Made {
  target: string
  options: Options
}

/** Whether browsers show such a result themselves. */
export function isViewable({ target, options }: Made): boolean {
  return [...PDF_TARGETS, ...PICTURE_TARGETS, 'txt', 'html'].includes(target) && !isBundle(target, options)
}

/** Whether its frame can be in a sandbox: Chromium shows no PDF in one. */
export function canBeInSandbox({ target }: Made): boolean {
  return !PDF_TARGETS.includes(target)
}
