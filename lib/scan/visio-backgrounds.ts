import type { Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 1024
const PAGE = /<(?:\w{1,10}:)?Page\s([^<>]{0,900})>/g
const BACKGROUND = /(?:^|\s)Background\s{0,9}=\s{0,9}["'](?:1|true)["']/
/** The pages of a Visio drawing. */
export interface DrawingPages {
  /** All pages, including backgrounds. */
  count: number
  /**
   * LibreOffice draws each background behind its pages, and again as a page: these come last, wherever they are in the
   * file.
   */
  backgrounds: number
}

/** Finds the backgrounds of a Visio drawing. */
export function backgroundNoter(flags: Flags): (piece: string) => void {
  const search = new PieceSearch(PAGE, LONGEST)
  const pages: DrawingPages = { count: 0, backgrounds: 0 }
  return piece => {
    for (const [, attributes = ''] of search.matches(piece)) {
      pages.count++
      if (BACKGROUND.test(attributes)) pages.backgrounds++
    }
    if (pages.backgrounds > 0) flags.drawingPages = pages
  }
}
