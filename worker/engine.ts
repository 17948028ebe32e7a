import type { DrawingPages } from '#lib/scan/visio-backgrounds.ts'
import type { Options, Progress } from '#lib/vocabulary/job.ts'
import type { Note } from '#lib/vocabulary/notes.ts'
import type { Region } from './region.ts'
import type { ProcessorTime } from './watchdog/processor-time.ts'

/** Longest side of the picture of a first page, in pixels. */
export const FIRST_PAGE_SIDE = 640

/** One document to convert. All paths are this worker's; an engine finds its own way to bring the bytes into its sandbox. */
export interface Conversion {
  sourcePath: string
  format: string
  /** As the sender named the file; it may hold anything. */
  fileName?: string | undefined
  target: string
  /** As checked by `lib/vocabulary/settings.ts`. */
  options?: Options | undefined
  /** Secret options by their names, opened. */
  secrets?: Readonly<Record<string, string>>
  /** Pages that are enough, as the option `pages` says them: an engine that can leaves the others out and tells so. */
  enough?: string
  /** The result is read for its words and not looked at. */
  isReadForWords?: boolean
  /** A folder of this attempt alone, where the result is to lie. */
  directory: string
  /** The values in a workbook are not to be believed. */
  recalculate?: boolean
  /** How many slides are hidden; undefined where that is for LibreOffice to tell. */
  hiddenSlides?: number | undefined
  /** It has fields of Word that LibreOffice would not print as the document keeps them. */
  keptFields?: boolean
  /** How many files stand in it as they came, which LibreOffice passes over. */
  insertedFiles?: number
  /** Such files, which lie beside the document and belong where bookmarks are. */
  inserted?: readonly { bookmark: string; path: string; format: string }[]
  /** How many shapes of PowerPoint have an older form that LibreOffice draws, and a newer one that it does not. */
  fallbacks?: number
  /** It prints where it lies. */
  hasFileNames?: boolean
  /** It prints when it was made, changed or printed, in fields of Word. */
  hasFileDates?: boolean
  /** Where it has no gap between Asian characters and letters or digits: nowhere, or in paragraphs without a style. */
  withoutAsianGaps?: 'everywhere' | 'unstyled' | undefined
  /** Where lines of it may end after any syllable of Hangul: nowhere, everywhere, or in paragraphs without a style. */
  hangulParted?: 'nowhere' | 'everywhere' | 'unstyled' | undefined
  /** Its tab stops are as far apart as Word for Korean has them. */
  hasKoreanTabs?: boolean
  /** It says of text on its slides that it is Korean. */
  marksKorean?: boolean
  /** In which it is to be read. A process that serves many documents is chosen for it; see `SlotRequest`. */
  region?: Region
  /** Some of its text may be hidden. */
  hasHiddenText?: boolean
  /** It may have links to files, or to what it shows and does not hold. */
  hasLinks?: boolean
  /** It may have words beside its running text: in boxes, notes, equations, form fields. */
  hasWordsBeside?: boolean
  /** Whether a text may have headers or footers. */
  hasHeadsOrFeet?: boolean
  /** Some rows or columns of its sheets may be hidden. */
  hasHiddenRows?: boolean
  /** How many changes wait for being accepted or rejected; undefined where that is for LibreOffice to tell. */
  trackedChanges?: number | undefined
  /** It is a package of which a part that is stored as it is tells behind itself how long it is. */
  sizesFollow?: boolean
  /** The pages of a Visio drawing with backgrounds, in the order of its file. */
  drawingPages?: DrawingPages | undefined
  /** It is a package whose parts are named with backslashes. */
  hasBackslashes?: boolean
  /** Left and right of a picture are to change places. */
  isMirrored?: boolean
  signal: AbortSignal
  /** Adds up what all programs that work for this one use of the processor. */
  processor?: ProcessorTime
  /** Which part of the time loading will take, from 0 to 1: it weighs the two phases into one percentage. */
  loadShare?: number | undefined
  /** Hears what the engine really said; phases `starting`, `loading`, `exporting`. */
  onProgress(progress: Progress): void
  /** Hears where a picture (PNG) of the first page lies, before the export begins; without it none is drawn. */
  onFirstPage?(path: string): void
  /** Hears what is to be told beside the result, at any time and in any order; the same note again counts up. */
  onNote?(note: Note): void
}

/** The result as a file in the attempt's folder, not yet checked by anybody. */
export interface Converted {
  path: string
  /** How many slides or pages the engine told while it exported, hidden ones too; absent where it told nothing. */
  exported?: number | undefined
  /** Which pages of the document it holds, where the engine left out all others. */
  pages?: readonly number[] | undefined
  /** In which order its pages are to stand, where LibreOffice printed them in another. */
  order?: readonly number[] | undefined
  /** Pages of it that are known to say nothing, by their numbers once they stand in that order. */
  emptyPages?: readonly number[] | undefined
  /** Where the PDF lies that the result was drawn from, if it was. */
  drawnFrom?: string
}

/**
 * What converts. The contract says nothing of processes: one may serve many documents or live for one alone.
 * `convert` may be called as often at once as there are slots.
 */
export interface Engine {
  /** Name and version of what really converts, such as `LibreOffice 7.4.7.2`. */
  readonly name: string
  /** Ready after a real conversion. @throws AppError `sandbox_unavailable`, `engine_crashed` */
  start(): Promise<void>
  /** @throws AppError with what the person should hear; aborts within 2 s of the signal, nothing left behind. */
  convert(conversion: Conversion): Promise<Converted>
  /** Has only processes serve that start from now on, without making a job wait; resolves when no older one is left. */
  renew(): Promise<void>
  stop(): Promise<void>
}

/** The same engine, which converts in another way. */
export function withConvert(engine: Engine, convert: Engine['convert']): Engine {
  return {
    get name() {
      return engine.name
    },
    start: () => engine.start(),
    renew: () => engine.renew(),
    stop: () => engine.stop(),
    convert,
  }
}
