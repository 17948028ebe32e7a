/** What is told of a conversion beside its result. Imports nothing: the browser reads it too. */

/** A font that the document names and the machine lacks. */
export interface ReplacedFont {
  name: string
  replacedBy: string
  /** Both have the same widths: lines and pages break where they did. */
  metric: boolean
  /** The Debian package that brings the font or its twin; null where none is known, or nothing needs to be done. */
  package: string | null
}

/** The conversion report, stored with a completed job. */
export interface Report {
  /** Name and version, such as `LibreOffice 7.4.7.2`. */
  engine: string
  /** How long the phases of the attempt took; null for an engine that does not tell where one ends. */
  seconds: { loading: number | null; exporting: number | null; total: number }
  replacedFonts: ReplacedFont[]
  /** The archive was damaged and was repaired while it was read. */
  repaired: boolean
  /** Macros are in the document; none was run. */
  macros: boolean
  /** Links to files or addresses outside, none of which was followed. */
  linksBlocked: number
  hiddenSlidesSkipped: number
  /** Sounds and films that the result cannot hold. */
  mediaLeftOut: number
  /** Files that lie inside the document. */
  embeddedFiles: number
}
