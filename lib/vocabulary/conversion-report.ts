/** What is told of a conversion beside its result. Imports nothing but types: the browser reads it too. */
import type { Note } from './notes.ts'

/** The conversion report, stored with a completed job. */
export interface ConversionReport {
  /** Name and version, such as `LibreOffice 7.4.7.2`. */
  engine: string
  /** How long the phases of the attempt took; null for an engine that does not tell where one ends. */
  seconds: { loading: number | null; exporting: number | null; total: number }
  /** Merged and in order, as `mergeNotes` gives them. */
  notes: Note[]
}
