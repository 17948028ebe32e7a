/** What a row says of its result. Pure. */
import type { NoteCode, NoteView } from '#lib/vocabulary/notes.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'

/** Good to know for a program; a person takes the result for the whole document where nothing is said. */
const SURPRISING: ReadonlySet<NoteCode> = new Set<NoteCode>([
  'hidden_slides_left_out',
  'hidden_sheets_left_out',
  'hidden_text_left_out',
  'hidden_rows_left_out',
  'tracked_changes_marked',
  'cell_changes_shown',
  'heads_left_out',
  'comments_left_out',
  'charset_found',
])

/** The notes on what the result lacks or shows otherwise, the most serious first; `report` is sorted like that. */
export function resultNotes({ report }: Snapshot): NoteView[] {
  return (report?.notes ?? []).filter(({ severity, code }) => severity !== 'info' || SURPRISING.has(code))
}
