import type { Options, Progress } from '#lib/vocabulary/job.ts'
import type { Conversion, Converted, Engine } from '#worker/engine.ts'
import { usualLoadShare } from '#worker/load-share.ts'
import { resolutionOf } from './draw.ts'

/** LibreOffice's default resolution for reducing pictures. */
const FINE = 300
const GOOD = 95

/**
 * Makes the engine print the PDF for drawing or reading its pages; its progress is reported as the first part, `share`,
 * of the whole.
 * @throws AppError, the signal's reason, as the engine does
 */
export function print(
  conversion: Conversion,
  engine: Pick<Engine, 'convert'>,
  { requested, share }: { requested: string; share: number },
): Promise<Converted> {
  const { format, target, options = {}, loadShare = usualLoadShare(format), onProgress } = conversion
  return engine.convert({
    ...conversion,
    target: 'pdf',
    isReadForWords: target === 'txt',
    options: optionsOfPdf(target, options),
    enough: requested,
    loadShare: Math.min(1, loadShare / share),
    onProgress: progress => onProgress(inPart(progress, share)),
  })
}

/**
 * The options that also apply to a PDF. Its pictures must be as good as those drawn from them, and form fields are
 * drawn as content, because poppler does not draw their ticks.
 */
function optionsOfPdf(target: string, wanted: Options): Options {
  const { pages, resolution, quality, ...others } = wanted
  const options = { ...others, formFields: false }
  const dots = resolutionOf(target, wanted)
  return dots === undefined ? options : { ...options, quality: GOOD, resolution: Math.max(dots, FINE) }
}

/** Pages are counted once, when they are drawn or read. */
function inPart(progress: Progress, share: number): Progress {
  const percent = progress.percent === null ? null : Math.floor(progress.percent * share)
  return { ...progress, current: null, total: null, unit: null, percent }
}
