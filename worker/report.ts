/** What is told of a conversion beside its result. It is an extra: whatever fails here, the job is as good. */
import { PDF_TARGETS, TARGETS } from '#lib/formats.ts'
import type { Job } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'
import type { ReplacedFont, Report } from '#lib/report.ts'
import { noFlags } from '#lib/scan/flags.ts'
import type { Engine } from './engine.ts'
import type { Fonts, Match } from './report/fonts.ts'
import { namedFonts } from './report/named-fonts.ts'
import { replacedFonts } from './report/replaced-fonts.ts'
import { fontsInPdf } from './report/result-fonts.ts'

export interface Reporting {
  engine: Pick<Engine, 'name'>
  fonts: Pick<Fonts, 'match'>
  log: Logger
}

export interface Subject {
  job: Pick<Job, 'id' | 'source' | 'flags' | 'target' | 'options'>
  sourcePath: string
  signal: AbortSignal
}

/**
 * Takes the path of the finished result, or of the PDF that it was drawn from; gives all but the time, which is not
 * over yet. Never rejects.
 */
export type Draft = (resultPath: string) => Promise<Omit<Report, 'seconds'>>

interface Named {
  names: string[][]
  matches: ReadonlyMap<string, Match>
}

/** Begins a report while the engine works: looks which fonts the source names and what this machine has of them. */
export function draftReport(subject: Subject, { engine, fonts, log }: Reporting): Draft {
  const { job, signal } = subject
  const failed = (error: unknown) => {
    if (!signal.aborted) log.warn({ job: job.id, err: error }, 'the report does not tell of fonts')
    return undefined
  }
  const named = showsFonts(job.target) ? lookForFonts(subject, fonts).catch(failed) : undefined
  return async resultPath => {
    const seen = await named
    const replaced = seen && (await judge(seen, resultPath).catch(failed))
    return { engine: engine.name, replacedFonts: replaced ?? [], ...told(job) }
  }
}

/** An office document keeps the names of its fonts, and a plain text has none. */
function showsFonts(target: string): boolean {
  return target !== 'txt' && isDrawn(target)
}

/** Whether the target shows what the pages show, and is not a document to go on with. */
function isDrawn(target: string): boolean {
  return (TARGETS.get(target)?.fromPages.length ?? 0) > 0 || PDF_TARGETS.includes(target)
}

async function lookForFonts({ job, sourcePath, signal }: Subject, fonts: Reporting['fonts']): Promise<Named> {
  const names = await namedFonts(sourcePath, job.source.format)
  return { names, matches: await fonts.match(names.flat(), signal) }
}

async function judge({ names, matches }: Named, resultPath: string): Promise<ReplacedFont[]> {
  const all = replacedFonts(names, matches, undefined)
  if (all.length === 0) return all
  return replacedFonts(names, matches, await fontsInPdf(resultPath))
}

/** What became of what the scan saw. */
function told({ flags, target, options }: Subject['job']) {
  const seen = flags ?? noFlags()
  return {
    repaired: seen.damagedParts > 0,
    macros: seen.macros,
    linksBlocked: seen.externalLinks.count,
    hiddenSlidesSkipped: isDrawn(target) && !options.hiddenSlides ? seen.hiddenSlides : 0,
    mediaLeftOut: isDrawn(target) ? seen.media : 0,
    embeddedFiles: seen.embeddedFiles,
  }
}
