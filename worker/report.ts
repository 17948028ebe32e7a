/** The report on a conversion. It is optional: an error here does not fail the job. */
import { dirname } from 'node:path'
import type { Job } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'
import { noFlags } from '#lib/scan/flags.ts'
import type { ConversionReport } from '#lib/vocabulary/conversion-report.ts'
import { PDF_TARGETS, TARGETS } from '#lib/vocabulary/formats.ts'
import { fontNotes, type ReplacedFont } from '#lib/vocabulary/notes/font-notes.ts'
import { notDrawnNotes } from '#lib/vocabulary/notes/not-drawn-notes.ts'
import { mergeNotes, type Note, note } from '#lib/vocabulary/notes.ts'
import type { Engine } from './engine.ts'
import type { Match } from './report/fonts.ts'
import type { MachineFonts } from './report/fresh-fonts.ts'
import { tallyOfSource } from './report/missing-characters/source-text.ts'
import { namedFonts } from './report/named-fonts.ts'
import { KINDS, replacedFonts } from './report/replaced-fonts.ts'
import { fontsInPdf } from './report/result-fonts.ts'

export interface Reporting {
  engine: Pick<Engine, 'name'>
  fonts: Pick<MachineFonts, 'match' | 'missing' | 'missingIn'>
  log: Logger
}

export interface Subject {
  job: Pick<Job, 'id' | 'source' | 'flags' | 'target' | 'options'>
  sourcePath: string
  signal: AbortSignal
}

const HIDDEN_SLIDES = 'hidden_slides_left_out'

/**
 * Receives the path of the finished result, or of the PDF that it was drawn from, and the engine's notes; resolves to
 * the report without the time, which is not complete yet. Never rejects.
 */
export type Draft = (
  resultPath: string,
  stated: readonly Note[],
) => Promise<Omit<ConversionReport, 'seconds'>>

interface Named {
  names: string[][]
  matches: ReadonlyMap<string, Match>
}

/** Begins a report while the engine works: reads the source's fonts and matches them with this machine's. */
export function draftReport(subject: Subject, { engine, fonts, log }: Reporting): Draft {
  const { job, signal } = subject
  const failed = (error: unknown) => {
    if (!signal.aborted) log.warn({ err: error }, 'the report does not tell of fonts')
    return undefined
  }
  // A PDF keeps its own fonts.
  const hasFonts = showsFonts(job.target) && job.source.format !== 'pdf'
  const named = hasFonts ? findFonts(subject, fonts).catch(failed) : undefined
  const characters = hasFonts ? findMissingCharacters(subject, fonts) : undefined
  return async (resultPath, stated) => {
    const seen = await named
    const replaced = seen && (await judge(seen, resultPath).catch(failed))
    const missing = await characters?.(resultPath).catch(failed)
    // An engine that counts hidden slides does so for every format.
    const isCounted = stated.some(({ code }) => code === HIDDEN_SLIDES)
    const scanned = notesOfScan(job).filter(({ code }) => !(isCounted && code === HIDDEN_SLIDES))
    const shown = { engine: engine.name, isDrawn: isDrawn(job.target) }
    const notDrawn = notDrawnNotes(job.flags?.notDrawn ?? {}, shown)
    const ofFonts = [...fontNotes(replaced ?? []), ...(missing ?? [])]
    const notes = mergeNotes([...stated, ...ofFonts, ...notDrawn, ...scanned])
    return { engine: engine.name, notes }
  }
}

/** An office document keeps the names of its fonts, and a plain text has none. */
function showsFonts(target: string): boolean {
  return target !== 'txt' && isDrawn(target)
}

/** Whether the target shows the pages and is not an editable document. */
function isDrawn(target: string): boolean {
  return (TARGETS.get(target)?.fromPages.length ?? 0) > 0 || PDF_TARGETS.includes(target)
}

function leavesCommentsOut({ target, options }: Pick<Subject['job'], 'target' | 'options'>): boolean {
  return (isDrawn(target) || target === 'csv') && (options.comments ?? 'none') === 'none'
}

/** Whether the target supports clickable links. */
function holdsLinks(target: string): boolean {
  return PDF_TARGETS.includes(target) || !(isDrawn(target) || target === 'csv')
}

async function findFonts({ job, sourcePath, signal }: Subject, fonts: Reporting['fonts']): Promise<Named> {
  const names = await namedFonts(sourcePath, job.source.format)
  return { names, matches: await fonts.match([...names.flat(), ...KINDS], signal) }
}

/**
 * Finds characters that no font has, in the PDF and in a readable source that is printed completely: LibreOffice omits
 * some characters from a PDF, and the source does not contain everything that is shown.
 */
function findMissingCharacters(
  { job, sourcePath, signal }: Subject,
  fonts: Reporting['fonts'],
): (pdf: string) => Promise<Note[]> {
  const isWhole = PDF_TARGETS.includes(job.target) && job.options.pages === undefined
  const ofSource = isWhole ? tallyOfSource(sourcePath, job.source.format).catch(() => undefined) : undefined
  return async pdf => {
    const tally = await ofSource
    const inPdf = await fonts.missingIn(pdf, dirname(sourcePath), signal)
    const inSource = tally ? await fonts.missing(tally) : []
    const byScript = Map.groupBy([...inSource, ...inPdf], ({ details }) => details.script)
    return [...byScript.values()].flatMap(notes => notes.toSorted((a, b) => b.count - a.count).slice(0, 1))
  }
}

async function judge({ names, matches }: Named, resultPath: string): Promise<ReplacedFont[]> {
  const all = replacedFonts(names, matches, undefined)
  if (all.length === 0) return all
  return replacedFonts(names, matches, await fontsInPdf(resultPath))
}

/** The notes that follow from the scan's findings. */
function notesOfScan({ flags, target, options }: Subject['job']): Note[] {
  const seen = flags ?? noFlags()
  const drawn = isDrawn(target)
  return [
    ...(seen.notes ?? []),
    note('repaired', { count: seen.damagedParts }),
    note('macros_not_run', { count: Number(seen.macros) }),
    note('linked_content_not_fetched', { count: seen.externalLinks.count }),
    note(holdsLinks(target) ? 'links_held' : 'links_not_clickable', { count: seen.links ?? 0 }),
    note(HIDDEN_SLIDES, { count: drawn && !options.hiddenSlides ? seen.hiddenSlides : 0 }),
    note('comments_left_out', { count: leavesCommentsOut({ target, options }) ? (seen.comments ?? 0) : 0 }),
    note('media_left_out', { count: drawn ? seen.media : 0 }),
    note('embedded_files_left_out', { count: drawn ? seen.embeddedFiles : 0 }),
  ]
}
