import { fontNotes, type ReplacedFont } from '../../notes/fonts.ts'
import { mergeNotes, note } from '../../notes.ts'
import type { Report } from '../../report.ts'

/** A report as versions before notes stored it. */
interface FixedReport extends Omit<Report, 'notes'> {
  replacedFonts: ReplacedFont[]
  repaired: boolean
  macros: boolean
  linksBlocked: number
  hiddenSlidesSkipped: number
  mediaLeftOut: number
  embeddedFiles: number
}

/** The report of a row, whichever version wrote it. */
export function readReport(stored: unknown): Report | null {
  const report = stored as Report | FixedReport | null
  return report && !('notes' in report) ? converted(report) : report
}

function converted({ engine, seconds, ...old }: FixedReport): Report {
  const notes = [
    ...fontNotes(old.replacedFonts),
    note('repaired', { count: Number(old.repaired) }),
    note('macros_not_run', { count: Number(old.macros) }),
    note('linked_content_not_fetched', { count: old.linksBlocked }),
    note('hidden_slides_left_out', { count: old.hiddenSlidesSkipped }),
    note('media_left_out', { count: old.mediaLeftOut }),
    note('embedded_files_left_out', { count: old.embeddedFiles }),
  ]
  return { engine, seconds, notes: mergeNotes(notes) }
}
