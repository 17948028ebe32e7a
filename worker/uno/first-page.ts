import type { DocumentKind } from './document.ts'
import type { PageSize } from './page-size.ts'
import { any, type UnoAny } from './values.ts'

const FILTERS: Record<DocumentKind, string | null> = {
  presentation: 'impress_png_Export',
  drawing: 'draw_png_Export',
  spreadsheet: 'calc_png_Export',
  text: 'writer_png_Export',
  other: null,
}
// Writer and Calc draw one pixel more in each direction than requested.
const ONE_MORE: ReadonlySet<DocumentKind> = new Set(['spreadsheet', 'text'])

/** The picture filter for such a document, or null. */
export function pictureFilter(kind: DocumentKind): string | null {
  return FILTERS[kind]
}

/** The filter's options for a picture of this page with no side longer than `longestSide` pixels. */
export function pictureSize(kind: DocumentKind, page: PageSize, longestSide: number): Record<string, UnoAny> {
  const room = ONE_MORE.has(kind) ? longestSide - 1 : longestSide
  const scale = room / Math.max(page.width, page.height)
  const pixels = (length: number) => any('long', Math.max(1, Math.round(length * scale)))
  // Both are set, because LibreOffice ignores a single one.
  return { PixelWidth: pixels(page.width), PixelHeight: pixels(page.height) }
}
