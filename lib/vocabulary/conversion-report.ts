/** The report on a conversion. It imports only types: the browser imports it too. */
import type { Note } from './notes.ts'

/** The conversion report, stored with a completed job. */
export interface ConversionReport {
  /** Name and version, such as `LibreOffice 7.4.7.2`. */
  engine: string
  /** The duration of the attempt's phases in seconds; null for an engine that does not report where a phase ends. */
  seconds: { loading: number | null; exporting: number | null; total: number }
  /** Merged and sorted by `mergeNotes`. */
  notes: Note[]
}
