/** The limits on a document, one for each way in which a bomb grows. */
export interface ScanLimits {
  /** Parts in one archive. */
  entries: number
  /** Parts in all archives of one file. */
  allEntries: number
  /**
   * By how many bytes all parts together may grow when unpacked, including inner archives. A video in a deck is large
   * but does not grow.
   */
  expandedBytes: number
  /** Unpacked to packed size. It is checked only above a minimum size, because blank tables compress well. */
  ratio: number
  ratioFromBytes: number
  /** How deep elements may be nested. */
  depth: number
  pixels: number
  /** How deep archives may be nested: a workbook in a letter in a presentation. */
  archiveDepth: number
  /** Archives in one file, at any depth. */
  archives: number
}

/** Limits far above real documents. */
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
