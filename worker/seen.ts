import type { Job } from '#lib/jobs.ts'
import type { Conversion } from './engine.ts'

/** Texts of which the scan does not read what stands beside their running text. */
const NOT_READ = ['pages', 'wpd', 'wps', 'wri', 'mhtml']

/** What an engine is told of what the scan saw in a source; what that cannot tell is for the engine to find. */
export function seenIn(format: string, flags: Job['flags']): Partial<Conversion> {
  return {
    recalculate: flags?.recalculate ?? false,
    hiddenSlides: seesHiddenSlides(format) ? flags?.hiddenSlides : undefined,
    keptFields: flags?.keptFields ?? false,
    insertedFiles: flags?.insertedFiles ?? 0,
    fallbacks: flags?.fallbacks ?? 0,
    hasFileNames: flags?.fileNames ?? false,
    hasFileDates: flags?.fileDates ?? false,
    hasBackslashes: flags?.backslashes ?? false,
    hasHiddenText: flags?.hiddenText ?? true,
    hasWordsBeside: NOT_READ.includes(format) || (flags?.wordsBeside ?? true),
    hasHiddenRows: flags?.hiddenRows ?? true,
    trackedChanges: flags?.trackedChanges,
    hasNoAsianGaps: hasNoAsianGaps(format, flags),
  }
}

/** Word has gaps beside Han and kana, and none beside Hangul; PowerPoint has none. Into an old deck the scan does not look. */
function hasNoAsianGaps(format: string, flags: Job['flags']): boolean {
  if (/^(pp[ts]|pot)[xm]$/.test(format)) return flags?.asian !== undefined
  return /^(ppt|pps|pot)$/.test(format) || (/^(do[ct][xm]?|rtf)$/.test(format) && flags?.asian === 'korean')
}

/** The scan does so in PowerPoint's newer formats alone. */
function seesHiddenSlides(format: string): boolean {
  return /^(pp[ts]|pot)[xm]$/.test(format)
}
