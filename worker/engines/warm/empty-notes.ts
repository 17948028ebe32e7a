import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import type { Conversion } from '#worker/engine.ts'
import type { DocumentKind, OfficeDocument } from '#worker/uno/document.ts'
import { slidesWithNotes } from '#worker/uno/notes-pages.ts'
import type { Chosen } from './chosen-pages.ts'

/** The notes pages that show only the slide, by their numbers in the result, after its pages are chosen. */
export async function emptyNotesPages(
  document: OfficeDocument,
  kind: DocumentKind,
  { conversion, chosen }: { conversion: Conversion; chosen: Chosen | undefined },
): Promise<readonly number[] | undefined> {
  const { target, options = {}, signal } = conversion
  const { notes = 'none' } = options
  if (kind !== 'presentation' || notes === 'none' || !PDF_TARGETS.includes(target)) return undefined
  // The slides that were not chosen are hidden.
  const withHidden = options.hiddenSlides === true && chosen === undefined
  const slides = await document.withModel(
    (deck, session) => slidesWithNotes(deck, { withHidden }, session),
    signal,
  )
  const order = chosen?.order?.slice(0, slides.length) ?? slides.map((_, index) => index + 1)
  const first = notes === 'added' ? slides.length + 1 : 1
  return order.flatMap((number, index) => (slides[number - 1] ? [] : [first + index]))
}
