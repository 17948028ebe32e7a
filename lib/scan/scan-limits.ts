/** How far a document may go, in every direction that a bomb would take. */
export interface ScanLimits {
  /** Of one archive. */
  entries: number
  /** Of all archives in one file. */
  allEntries: number
  /** By which all parts together grow, those of archives inside included: a film in a deck is large and does not. */
  expandedBytes: number
  /** Unpacked to packed, asked of a part and of an archive only above so many bytes: blank tables pack well. */
  ratio: number
  ratioFromBytes: number
  /** Elements in elements. */
  depth: number
  pixels: number
  /** A workbook in a letter in a presentation. */
  archiveDepth: number
  /** In one file, at whatever depth. */
  archives: number
}

/** What no honest document comes near to. */
export const SCAN_LIMITS: Readonly<ScanLimits> = {
  entries: 10_000,
  allEntries: 50_000,
  expandedBytes: 300e6,
  ratio: 200,
  ratioFromBytes: 1e6,
  depth: 300,
  pixels: 100e6,
  archiveDepth: 3,
  archives: 1000,
}
