import type { NoteView } from '#lib/vocabulary/notes.ts'
import { noteText } from '../../../messages/error-text.ts'
import type { Texts } from '../../../messages/texts.ts'

/** The notes on a result with their codes. */
export function NotesList({ notes, texts }: { notes: readonly NoteView[]; texts: Texts }) {
  return (
    <ul>
      {notes.map(note => (
        <li key={`${note.code} ${JSON.stringify(note.details)}`}>
          <code>{note.code}</code> {noteText(texts, note).message}
        </li>
      ))}
    </ul>
  )
}
