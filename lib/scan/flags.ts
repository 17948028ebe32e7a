import { isDeepStrictEqual } from 'node:util'
import type { NotDrawn, NotDrawnKind } from '../vocabulary/notes/not-drawn-notes.ts'
import { mergeNotes, type Note, note } from '../vocabulary/notes.ts'
import type { DrawingPages } from './visio-backgrounds.ts'

/** What the scan found in a document. Plain data, stored with the job. */
export interface Flags {
  /** Whether it contains macros; they never run. */
  macros: boolean
  /**
   * External content that the document shows and that would have to be fetched. Nothing is ever fetched. Clickable
   * links do not count.
   */
  externalLinks: {
    count: number
    /** Up to five of their schemes in lower case, such as `http`; `path` for a path on the sender's machine. */
    schemes: string[]
  }
  /** Objects of other programs that the document shows, such as charts and OLE objects. */
  oleObjects: number
  /** Embedded documents and other files. */
  embeddedFiles: number
  /** Sounds and videos. */
  media: number
  /** Slides that a slide show skips, in PowerPoint's newer formats. */
  hiddenSlides: number
  /** Parts whose bytes are damaged; the engine converts the rest. */
  damagedParts: number
  /** The stored values of a workbook may be outdated: it asks for a full recalculation when opened. */
  recalculate: boolean
  /** It has Word fields whose stored results LibreOffice may not print; absent in jobs of older versions. */
  keptFields?: boolean
  /** Files that a Word document inserts whole (altChunk); absent in jobs of older versions. */
  insertedFiles?: number
  /** PowerPoint equations and handwriting with a fallback; absent in jobs of older versions. */
  fallbacks?: number
  /** It may print its own path, in fields, formulas, headers or footers; absent in jobs of older versions. */
  fileNames?: boolean
  /** Content that some versions of LibreOffice do not draw; absent where there is none. */
  notDrawn?: NotDrawn
  /** A Word document with fields that print when it was created, changed or printed. */
  fileDates?: boolean
  /** The document's locale, as `localeOf` returns it; absent where the document has none or nothing depends on it. */
  language?: string | undefined
  /** Chinese, Japanese or Korean text, as far as the scan reads it: Korean where there is Hangul and no kana. */
  asian?: 'korean' | 'other'
  /**
   * Whether Word leaves a gap between Asian characters and letters or digits; absent where the document does not set
   * it.
   */
  asianGaps?: boolean
  /** Whether Office keeps words of Hangul whole at line ends; absent where the document does not set it. */
  hangulWhole?: boolean
  /** Whether a Word document sets the distance of tab stops. */
  tabDistance?: boolean
  /** Whether text on slides is marked as Korean. */
  marksKorean?: boolean
  /** OpenDocument cells with typed values, which are formatted by a locale. */
  cellValues?: boolean
  /** The names of its parts contain backslashes; absent in jobs of older versions. */
  backslashes?: boolean
  /** Some of its parts are stored uncompressed with their size behind the data. */
  sizesFollow?: boolean
  /** Clickable links to the outside; absent in jobs of older versions. */
  links?: number
  /**
   * Whether the pages of a workbook may only be right when one engine prints them all: by links to its own cells, and
   * values that differ each time. Absent in jobs of older versions.
   */
  tiedPages?: boolean
  /** Whether an OpenDocument has clickable links with LibreOffice's default character style. */
  unstyledLinks?: boolean
  /** Whether it may have hidden text; absent in jobs of older versions. */
  hiddenText?: boolean
  /** Whether a text document may have text outside its body; absent in jobs of older versions. */
  wordsBeside?: boolean
  /** Whether a text document may have headers or footers; absent in jobs of older versions. */
  headsOrFeet?: boolean
  /** Whether its sheets may have hidden rows or columns; absent in jobs of older versions. */
  hiddenRows?: boolean
  /** Pending tracked changes; absent where LibreOffice counts them. */
  trackedChanges?: number | undefined
  /** Reviewers' comments; absent in jobs of older versions. */
  comments?: number
  /** The pages of a Visio drawing with backgrounds; absent for all others, and in jobs of older versions. */
  drawingPages?: DrawingPages
  /** Notes of the scan for the report; see `addNote`. */
  notes?: Note[]
}

const SCHEMES_KEPT = 5

/** The flags of a document in which nothing was found. */
export function noFlags(): Flags {
  return {
    macros: false,
    externalLinks: { count: 0, schemes: [] },
    oleObjects: 0,
    embeddedFiles: 0,
    media: 0,
    hiddenSlides: 0,
    damagedParts: 0,
    recalculate: false,
    links: 0,
    tiedPages: false,
    hiddenText: false,
    wordsBeside: false,
    headsOrFeet: false,
    hiddenRows: false,
    trackedChanges: 0,
    comments: 0,
  }
}

/** The flags of a document that could not be read; LibreOffice reports what it can. */
export function unseenFlags(): Flags {
  return {
    ...noFlags(),
    hiddenText: true,
    wordsBeside: true,
    headsOrFeet: true,
    hiddenRows: true,
    fileNames: true,
    tiedPages: true,
    trackedChanges: undefined,
  }
}

/** Adds a note that only the scan can produce to the report. */
export function addNote(flags: Flags, note: Note): void {
  // A document may cause the same note a million times.
  const same = flags.notes?.find(
    ({ code, details }) => code === note.code && isDeepStrictEqual(details, note.details),
  )
  if (same) same.count += note.count
  else flags.notes = mergeNotes([...(flags.notes ?? []), note])
}

/** Counts content that LibreOffice does not draw. */
export function noteNotDrawn(flags: Flags, kind: NotDrawnKind, count = 1): void {
  flags.notDrawn = { ...flags.notDrawn, [kind]: (flags.notDrawn?.[kind] ?? 0) + count }
}

/** Counts clickable links. */
export function noteClickable(flags: Flags, count = 1): void {
  flags.links = (flags.links ?? 0) + count
}

/**
 * Counts external content. Only the scheme of the address is kept, because the rest may contain passwords and names.
 */
export function noteLink({ externalLinks }: Flags, address: string): void {
  externalLinks.count++
  const scheme = /^([a-z][a-z0-9+.-]{1,30}):/i.exec(address)?.[1]?.toLowerCase() ?? 'path'
  if (externalLinks.schemes.length < SCHEMES_KEPT && !externalLinks.schemes.includes(scheme)) {
    externalLinks.schemes.push(scheme)
  }
}

/** Notes that a part is cut off; one note for all, with the name of the first. */
export function noteBroken(flags: Flags, part: string): void {
  const known = flags.notes?.find(({ code }) => code === 'part_broken')
  if (known) known.count++
  else addNote(flags, note('part_broken', { details: { part } }))
}
