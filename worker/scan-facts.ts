import type { Job } from '#lib/jobs.ts'
import type { Conversion } from './engine.ts'

/** Texts of which the scan does not read what stands beside their running text. */
const NOT_READ = ['pages', 'wpd', 'wps', 'wri', 'mhtml']

/** What an engine is told of what the scan saw in a source; what that cannot tell is for the engine to find. */
export function factsFromScan(format: string, flags: Job['flags']): Partial<Conversion> {
  return {
    recalculate: flags?.recalculate ?? false,
    hiddenSlides: seesHiddenSlides(format) ? flags?.hiddenSlides : undefined,
    keptFields: flags?.keptFields ?? false,
    insertedFiles: flags?.insertedFiles ?? 0,
    fallbacks: flags?.fallbacks ?? 0,
    hasFileNames: flags?.fileNames ?? false,
    hasFileDates: flags?.fileDates ?? false,
    hasBackslashes: flags?.backslashes ?? false,
    sizesFollow: flags?.sizesFollow ?? false,
    hasHiddenText: flags?.hiddenText ?? true,
    hasLinks: (flags?.links ?? 1) > 0 || (flags?.externalLinks.count ?? 1) > 0,
    hasWordsBeside: NOT_READ.includes(format) || (flags?.wordsBeside ?? true),
    hasHeadsOrFeet: NOT_READ.includes(format) || (flags?.headsOrFeet ?? true),
    hasHiddenRows: flags?.hiddenRows ?? true,
    trackedChanges: flags?.trackedChanges,
    drawingPages: flags?.drawingPages,
    withoutAsianGaps: withoutAsianGaps(format, flags),
    hangulParted: hangulParted(format, flags),
    hasKoreanTabs: hangulParted(format, flags) === 'unstyled' && !flags?.tabDistance,
    marksKorean: flags?.marksKorean ?? false,
  }
}

/**
 * Word has gaps unless the document takes them out, but for the style that it uses itself in Korean where a document
 * brings none. PowerPoint has none. Into an old presentation the scan does not look.
 */
function withoutAsianGaps(format: string, flags: Job['flags']): Conversion['withoutAsianGaps'] {
  if (/^(pp[ts]|pot)[xm]?$/.test(format))
    return flags?.asian || format.length === 3 ? 'everywhere' : undefined
  if (!flags?.asian || !/^(do[ct][xm]?|rtf)$/.test(format)) return undefined
  if (flags.asianGaps === false) return 'everywhere'
  if (flags.asianGaps || flags.asian !== 'korean') return undefined
  return /^do[ct][xm]$/.test(format) ? 'unstyled' : 'everywhere'
}

/** PowerPoint parts words of Hangul unless it is told not to; Word where it is told to, as by its own Korean style. */
function hangulParted(format: string, flags: Job['flags']): Conversion['hangulParted'] {
  if (flags?.asian !== 'korean') return undefined
  if (/^(pp[ts]|pot)[xm]$/.test(format)) return flags.hangulWhole ? undefined : 'everywhere'
  if (!/^do[ct][xm]$/.test(format)) return undefined
  if (flags.hangulWhole === undefined) return 'unstyled'
  return flags.hangulWhole ? 'nowhere' : 'everywhere'
}

/** The scan does so in PowerPoint's newer formats alone. */
function seesHiddenSlides(format: string): boolean {
  return /^(pp[ts]|pot)[xm]$/.test(format)
}
