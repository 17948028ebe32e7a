import type { Job } from '#lib/jobs.ts'
import { OPEN_TEXTS } from '#lib/vocabulary/formats.ts'
import type { Conversion } from './engine.ts'

/** Text formats whose text outside the body the scan does not read. */
const NOT_READ = ['pages', 'wpd', 'wps', 'wri', 'mhtml']
/** Formats whose links the scan does not read. */
const LINKS_NOT_READ = [...NOT_READ, 'mhtml-table']

/** Formats of workbooks in which the scan finds what ties their pages together. */
const TIES_READ = ['xlsx', 'xlsm', 'xltx', 'xltm', 'ods', 'ots', 'fods', 'xls', 'csv', 'tsv']

/** The scan's findings in the form that engines use; the engine has to detect what is missing here. */
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
    hasLinks: hasLinks(format, flags),
    hasTiedPages: !TIES_READ.includes(format) || (flags?.tiedPages ?? true),
    hasUnstyledLinks: OPEN_TEXTS.includes(format) && (flags?.unstyledLinks ?? false),
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
 * Word leaves gaps unless the document turns them off, or uses Word's own Korean default style, which has none.
 * PowerPoint has none. The scan does not read this from old presentations.
 */
function withoutAsianGaps(format: string, flags: Job['flags']): Conversion['withoutAsianGaps'] {
  if (/^(pp[ts]|pot)[xm]?$/.test(format))
    return flags?.asian || format.length === 3 ? 'everywhere' : undefined
  if (!flags?.asian || !/^(do[ct][xm]?|rtf)$/.test(format)) return undefined
  if (flags.asianGaps === false) return 'everywhere'
  if (flags.asianGaps || flags.asian !== 'korean') return undefined
  return /^do[ct][xm]$/.test(format) ? 'unstyled' : 'everywhere'
}

/**
 * PowerPoint breaks words of Hangul unless the document forbids it; Word does so where the document allows it, as its
 * own Korean style does.
 */
function hangulParted(format: string, flags: Job['flags']): Conversion['hangulParted'] {
  if (flags?.asian !== 'korean') return undefined
  if (/^(pp[ts]|pot)[xm]$/.test(format)) return flags.hangulWhole ? undefined : 'everywhere'
  if (!/^do[ct][xm]$/.test(format)) return undefined
  if (flags.hangulWhole === undefined) return 'unstyled'
  return flags.hangulWhole ? 'nowhere' : 'everywhere'
}

function hasLinks(format: string, flags: Job['flags']): boolean {
  return LINKS_NOT_READ.includes(format) || (flags?.links ?? 1) > 0 || (flags?.externalLinks.count ?? 1) > 0
}

/** The scan reads them only in PowerPoint's newer formats. */
function seesHiddenSlides(format: string): boolean {
  return /^(pp[ts]|pot)[xm]$/.test(format)
}
