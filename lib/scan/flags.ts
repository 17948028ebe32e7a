import { isDeepStrictEqual } from 'node:util'
import type { NotDrawn, NotDrawnKind } from '../vocabulary/notes/not-drawn-notes.ts'
import { mergeNotes, type Note, note } from '../vocabulary/notes.ts'
import type { DrawingPages } from './visio-backgrounds.ts'

/** What a person may want to know of a document, found while it was looked through. Plain data, kept with the job. */
export interface Flags {
  /** Whether it carries macros; they are never run. */
  macros: boolean
  /** What would have to be fetched to show all of it; nothing is ever fetched. Links to click on do not count. */
  externalLinks: {
    count: number
    /** Up to five of their schemes in lower case, such as `http`; `path` for a path on the sender's machine. */
    schemes: string[]
  }
  /** Objects of other programs that are shown in it, such as charts and OLE objects. */
  oleObjects: number
  /** Whole documents and other files that it carries. */
  embeddedFiles: number
  /** Sounds and films. */
  media: number
  /** Slides that are left out of a show, as far as PowerPoint's newer formats tell. */
  hiddenSlides: number
  /** Parts whose bytes are not what the sender's program wrote; the engine goes on without them. */
  damagedParts: number
  /** The values in a workbook are not to be believed: it asks whoever opens it to calculate all of them anew. */
  recalculate: boolean
  /** It has fields of Word whose kept results LibreOffice may not print; absent in jobs of older versions. */
  keptFields?: boolean
  /** Files that stand in a Word document as they came; absent in jobs of older versions. */
  insertedFiles?: number
  /** Equations and handwriting of PowerPoint; absent in jobs of older versions. */
  fallbacks?: number
  /** It may print where it lies, in fields, formulas, heads or feet; absent in jobs of older versions. */
  fileNames?: boolean
  /** What is known to be missing where LibreOffice draws it, as far as its version does not; absent where nothing is. */
  notDrawn?: NotDrawn
  /** A Word document that prints when it was made, changed or printed, in fields. */
  fileDates?: boolean
  /** The locale that it is written in, as `localeOf` gives it; absent where it does not say or nothing depends on it. */
  language?: string | undefined
  /** Has text in Chinese, Japanese or Korean, as far as the scan reads it: Korean where there is Hangul and no kana. */
  asian?: 'korean' | 'other'
  /** Whether Word leaves a gap between Asian characters and letters or digits; absent where the document does not say. */
  asianGaps?: boolean
  /** Whether Office keeps words of Hangul whole at the ends of lines; absent where the document does not say. */
  hangulWhole?: boolean
  /** Whether a document of Word says how far apart tab stops are. */
  tabDistance?: boolean
  /** Whether text on slides is said to be Korean. */
  marksKorean?: boolean
  /** OpenDocument whose cells have values besides their words, which are written as a locale has it. */
  cellValues?: boolean
  /** Its parts are named with backslashes; absent in jobs of older versions. */
  backslashes?: boolean
  /** Some of its parts are stored as they are and tell behind them how long they are. */
  sizesFollow?: boolean
  /** Links to click on that lead out of it; absent in jobs of older versions. */
  links?: number
  /** Whether text of it may be hidden; absent in jobs of older versions. */
  hiddenText?: boolean
  /** Whether a text may have words beside its running text; absent in jobs of older versions. */
  wordsBeside?: boolean
  /** Whether a text may have headers or footers; absent in jobs of older versions. */
  headsOrFeet?: boolean
  /** Whether rows or columns of its sheets may be hidden; absent in jobs of older versions. */
  hiddenRows?: boolean
  /** Changes that wait for being accepted or rejected; absent where that is for LibreOffice to tell. */
  trackedChanges?: number | undefined
  /** Comments of its readers; absent in jobs of older versions. */
  comments?: number
  /** Of a Visio drawing with backgrounds; absent in all others, and in jobs of older versions. */
  drawingPages?: DrawingPages
  /** What is to be told whatever becomes of the document; see `addNote`. */
  notes?: Note[]
}

const SCHEMES_KEPT = 5

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
    hiddenText: false,
    wordsBeside: false,
    headsOrFeet: false,
    hiddenRows: false,
    trackedChanges: 0,
    comments: 0,
  }
}

/** Of a document that nobody could look into: what is for LibreOffice to tell stays open. */
export function unseenFlags(): Flags {
  return {
    ...noFlags(),
    hiddenText: true,
    wordsBeside: true,
    headsOrFeet: true,
    hiddenRows: true,
    fileNames: true,
    trackedChanges: undefined,
  }
}

/** Has the report tell something that the scan alone can know. */
export function addNote(flags: Flags, note: Note): void {
  // A document may give reason for the same note a million times.
  const same = flags.notes?.find(
    ({ code, details }) => code === note.code && isDeepStrictEqual(details, note.details),
  )
  if (same) same.count += note.count
  else flags.notes = mergeNotes([...(flags.notes ?? []), note])
}

/** Counts what LibreOffice does not draw. */
export function noteNotDrawn(flags: Flags, kind: NotDrawnKind, count = 1): void {
  flags.notDrawn = { ...flags.notDrawn, [kind]: (flags.notDrawn?.[kind] ?? 0) + count }
}

/** Counts links to click on. */
export function noteClickable(flags: Flags, count = 1): void {
  flags.links = (flags.links ?? 0) + count
}

/** Counts what would be fetched; of the address only its scheme is kept, since the rest may hold passwords and names. */
export function noteLink({ externalLinks }: Flags, address: string): void {
  externalLinks.count++
  const scheme = /^([a-z][a-z0-9+.-]{1,30}):/i.exec(address)?.[1]?.toLowerCase() ?? 'path'
  if (externalLinks.schemes.length < SCHEMES_KEPT && !externalLinks.schemes.includes(scheme)) {
    externalLinks.schemes.push(scheme)
  }
}

/** Notes that a part breaks off; one note for all, with the name of the first. */
export function noteBroken(flags: Flags, part: string): void {
  const known = flags.notes?.find(({ code }) => code === 'part_broken')
  if (known) known.count++
  else addNote(flags, note('part_broken', { details: { part } }))
}
