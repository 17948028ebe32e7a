import type { DrawingPages } from '#lib/scan/visio-backgrounds.ts'
import type { Options, Progress } from '#lib/vocabulary/job.ts'
import type { Note } from '#lib/vocabulary/notes.ts'
import type { Region } from './region.ts'
import type { ProcessorTime } from './watchdog/processor-time.ts'

/** The longest side of the first page's picture, in pixels. */
export const FIRST_PAGE_SIDE = 640

/** Which pages one export of a presentation or drawing draws; all others come out empty, with their bookmarks. */
export interface PageShare {
  readonly drawsFirst: boolean
  /** Called after each page, hidden slides included: whether the next one is drawn. */
  drawsNext(printed: { done: number; total: number }): boolean
}

/** The PDF of a range of a workbook's pages. */
export interface RangeFile {
  path: string
  /** How many of its texts are only `###`, as LibreOffice prints numbers that are wider than their columns. */
  hashes: number
}

/** One document to convert. All paths are outside the sandbox; the engine brings the bytes into it. */
export interface Conversion {
  /** The path of the source on this machine. */
  sourcePath: string
  /** The sources that become one PDF, in this order; `sourcePath` and `format` are then those of the first. */
  parts?: readonly ConversionPart[] | undefined
  /** A key of `SOURCES`. */
  format: string
  /** The sender's name of the file, unchecked. */
  fileName?: string | undefined
  /** A key of `TARGETS`. */
  target: string
  /** Validated by `lib/vocabulary/settings.ts`. */
  options?: Options | undefined
  /** Secret options by name, decrypted. */
  secrets?: Readonly<Record<string, string>>
  /**
   * The pages that are enough, in the form of the option `pages`: an engine that supports it omits the others and sets
   * `Converted.pages`.
   */
  enough?: string
  /** The result is only read for its text and never shown. */
  isReadForWords?: boolean
  /** Which of its pages are drawn; without it, all. Only the warm engine's presentations and drawings have one. */
  share?: PageShare
  /**
   * Receives the number of printed pages of a workbook. Gives the ranges, such as `17-32`, that are exported one after
   * another with the page numbers of the whole, undefined for all pages, and receives the file of each.
   */
  ranges?(total: number): AsyncGenerator<string | undefined, void, RangeFile>
  /** A folder of this attempt for the result. */
  directory: string
  /** The stored values of a workbook may be outdated, so it must be recalculated. */
  recalculate?: boolean
  /** The number of hidden slides; undefined where LibreOffice has to count them. */
  hiddenSlides?: number | undefined
  /** It has Word fields that LibreOffice would not print with their stored results. */
  keptFields?: boolean
  /** The number of files that it inserts whole (altChunk), which LibreOffice skips. */
  insertedFiles?: number
  /** Such files, stored beside the document; each belongs at its bookmark. */
  inserted?: readonly { bookmark: string; path: string; format: string }[]
  /** The number of PowerPoint shapes with an older form that LibreOffice draws and a newer one that it does not. */
  fallbacks?: number
  /** It prints its own path. */
  hasFileNames?: boolean
  /** It has Word fields that print when it was created, changed or printed. */
  hasFileDates?: boolean
  /**
   * Where it has no gap between Asian characters and letters or digits: everywhere, or in paragraphs without a style;
   * undefined: nowhere.
   */
  withoutAsianGaps?: 'everywhere' | 'unstyled' | undefined
  /** Where its lines may end after any syllable of Hangul: nowhere, everywhere, or in paragraphs without a style. */
  hangulParted?: 'nowhere' | 'everywhere' | 'unstyled' | undefined
  /** It uses the tab distance of Korean Word. */
  hasKoreanTabs?: boolean
  /** Text on its slides is marked as Korean. */
  marksKorean?: boolean
  /** The region for reading it. The pool chooses a process by region; see `SlotRequest`. */
  region?: Region
  /** It may have hidden text. */
  hasHiddenText?: boolean
  /** It may have links to files, or to external content that it shows. */
  hasLinks?: boolean
  /** It is a workbook that may have links to its own cells, or values that differ each time it is opened. */
  hasTiedPages?: boolean
  /** It is an OpenDocument text with links that have the default character style. */
  hasUnstyledLinks?: boolean
  /** It may have text outside its body: in boxes, notes, equations, form fields. */
  hasWordsBeside?: boolean
  /** A text document may have headers or footers. */
  hasHeadsOrFeet?: boolean
  /** Its sheets may have hidden rows or columns. */
  hasHiddenRows?: boolean
  /** The number of pending tracked changes; undefined where LibreOffice has to count them. */
  trackedChanges?: number | undefined
  /** It is a package with an uncompressed part whose size follows its data. */
  sizesFollow?: boolean
  /** The pages of a Visio drawing with backgrounds, in file order. */
  drawingPages?: DrawingPages | undefined
  /** It is a package whose part names contain backslashes. */
  hasBackslashes?: boolean
  /** A picture must be mirrored horizontally. */
  isMirrored?: boolean
  /** Aborts the conversion. */
  signal: AbortSignal
  /** Adds up the processor time of all programs that work on this conversion. */
  processor?: ProcessorTime
  /** The expected share of loading in the time, from 0 to 1; it combines the two phases into one percentage. */
  loadShare?: number | undefined
  /** How long, in seconds, conversions of similar files have taken at least; unset where too few are known. */
  expectedSeconds?: number | undefined
  /** Receives the engine's real progress in the phases `starting`, `loading`, `exporting`. */
  onProgress(progress: Progress): void
  /**
   * Receives the first page's picture (PNG) before the export begins or, in a short conversion, after it while it is still
   * being drawn; without it none is drawn. Resolves to its path, or to null where the page cannot be drawn; rejects where
   * the engine is lost.
   */
  onFirstPage?(picture: Promise<string | null>): void
  /** Receives notes for the report, at any time and in any order; counts of equal notes are added. */
  onNote?(note: Note): void
}

/** What is particular to one of several sources that are merged. */
export interface ConversionPart extends Partial<Conversion> {
  sourcePath: string
  format: string
  /** The sender's name of the file, the title of its bookmark. */
  fileName: string
}

/** The result as a file in the attempt's folder, not yet checked. */
export interface Converted {
  /** The path of the result on this machine. */
  path: string
  /**
   * How many slides or pages the engine counted during the export, including hidden ones; absent where it counted none.
   */
  exported?: number | undefined
  /** The pages of the document that the result contains, where the engine omitted others. */
  pages?: readonly number[] | undefined
  /** The order that its pages must have, where LibreOffice printed them in another. */
  order?: readonly number[] | undefined
  /** For a workbook in ranges, where any has the text `###`: how many cells have this as their own value. */
  hashCells?: number | undefined
  /** For a result of a share: the numbers, from 1, of the slides that are its pages, where some may be hidden. */
  slides?: readonly number[] | undefined
  /** The numbers of its pages without content, after reordering. */
  emptyPages?: readonly number[] | undefined
  /** Whether the result is a PDF that nobody opens without its password; `exported` are its pages, all of them. */
  isLocked?: boolean
  /** The path of the PDF that the result was drawn from, if any. */
  drawnFrom?: string
  /** The paths of the PDFs that the result was merged from, if any. */
  partPaths?: readonly string[]
}

/** An idle part of an engine that works on a conversion beside the one that has its slot. */
export interface LentEngine {
  /** Its own folder, which is empty. */
  readonly directory: string
  /** Whether it stands still, because other conversions need the processors. */
  readonly isPaused: boolean
  /** Converts in its folder. @throws as of `Engine.convert`; `engine_crashed` where others need it for long */
  convert(conversion: Conversion): Promise<Converted>
  /** Ends what it does and empties its folder; resolves when nothing of it is left. */
  giveBack(): Promise<void>
}

/**
 * Converts documents. The contract does not mention processes: one may serve many documents or only one. Up to one
 * `convert` per slot may run at a time.
 */
export interface Engine {
  /** Name and version of the converting program, such as `LibreOffice 7.4.7.2`. */
  readonly name: string
  /**
   * Starts as much as one document needs, so that the processors have nothing else to do. Only the caller's first
   * document proves that it converts; `start` starts the rest. @throws AppError `sandbox_unavailable`, `engine_crashed`
   */
  startOne(): Promise<void>
  /** Starts all, or what is missing; resolves after each has converted a document. @throws AppError as of `startOne` */
  start(): Promise<void>
  /**
   * Converts one document. When the signal aborts, it rejects within 2 s and leaves nothing running.
   * @throws AppError for the user, such as `conversion_failed`, `wrong_password`, `cpu_limit`, `stalled`,
   * `out_of_memory`, `result_too_large`, `engine_crashed`; the signal's reason
   */
  convert(conversion: Conversion): Promise<Converted>
  /** Lends what the conversion in this folder may use beside its slot, where it is idle and no job misses it. */
  lend?(directory: string): LentEngine | undefined
  /** Replaces all processes by new ones without making a job wait; resolves when no old one is left. */
  renew(): Promise<void>
  /** Kills all processes; resolves when none is left. */
  stop(): Promise<void>
}

/** The same engine with another `convert`. */
export function withConvert(engine: Engine, convert: Engine['convert']): Engine {
  return {
    get name() {
      return engine.name
    },
    startOne: () => engine.startOne(),
    start: () => engine.start(),
    renew: () => engine.renew(),
    stop: () => engine.stop(),
    convert,
  }
}
