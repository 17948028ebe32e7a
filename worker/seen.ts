import type { Job } from '#lib/jobs.ts'
import type { Conversion } from './engine.ts'

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
    sizesFollow: flags?.sizesFollow ?? false,
    hasHiddenText: flags?.hiddenText ?? true,
    hasHiddenRows: flags?.hiddenRows ?? true,
    trackedChanges: flags?.trackedChanges,
  }
}

/** The scan does so in PowerPoint's newer formats alone. */
function seesHiddenSlides(format: string): boolean {
  return /^(pp[ts]|pot)[xm]$/.test(format)
}
