/** What is told of a conversion beside its result. Imports nothing: the browser reads it too. */

/** A font that the document names and the machine lacks. */
export interface ReplacedFont {
  name: string
  replacedBy: string
  /** The Debian package that brings it or its twin, where known. */
  package: string | null
}

/** The conversion report, stored with a completed job. */
export interface Report {
  /** Name and version, such as `LibreOffice 7.4.7.2`. */
  engine: string
  /** How long the phases of the attempt took. */
  seconds: { loading: number; exporting: number; total: number }
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
