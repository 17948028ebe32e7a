/** What no honest document comes near to, and what a bomb wants more of. */
export const LIMITS = {
  /** Of one archive. */
  entries: 10_000,
  /** Of all archives in one file. */
  allEntries: 50_000,
  /** By which all parts together grow, those of archives inside included: a film in a deck is large and does not. */
  expandedBytes: 300e6,
  /** Unpacked to packed, asked of a part and of an archive only above so many bytes: blank tables pack well. */
  ratio: 200,
  ratioFromBytes: 1e6,
  /** Elements in elements. */
  depth: 300,
  pixels: 100e6,
  /** A workbook in a letter in a presentation. */
  archiveDepth: 3,
  /** In one file, at whatever depth. */
  archives: 1000,
} as const
