import type { NoteView } from '#lib/vocabulary/notes.ts'
import { useTexts } from '../../messages/use-texts.tsx'
import { NoteLine } from '../../note-line.tsx'

/** The notes of a completed conversion, worst first; nothing where there are none. */
export function ReportNotes({ notes }: { notes: readonly NoteView[] }) {
  const { t } = useTexts()
  if (notes.length === 0) return null
  return (
    <section className="report-notes" aria-labelledby="report-notes">
      <h2 id="report-notes">{t('details.aboutResult')}</h2>
      <ul>
        {notes.map(note => (
          <li key={note.message}>
            <NoteLine note={note} />
          </li>
        ))}
      </ul>
    </section>
  )
}
