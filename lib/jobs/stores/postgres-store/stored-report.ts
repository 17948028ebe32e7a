import type { ConversionReport } from '../../../vocabulary/conversion-report.ts'
import { fontNotes, type ReplacedFont } from '../../../vocabulary/notes/font-notes.ts'
import { mergeNotes, note } from '../../../vocabulary/notes.ts'

/** A report as versions before the notes stored it. */
interface OldReport extends Omit<ConversionReport, 'notes'> {
  replacedFonts: ReplacedFont[]
  repaired: boolean
  macros: boolean
  linksBlocked: number
  hiddenSlidesSkipped: number
  mediaLeftOut: number
  embeddedFiles: number
}

/** Reads the report of a row that any version wrote. */
export function readReport(stored: unknown): ConversionReport | null {
  const report = stored as ConversionReport | OldReport | null
  return report && !('notes' in report) ? converted(report) : report
}

function converted({ engine, seconds, ...old }: OldReport): ConversionReport {
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
