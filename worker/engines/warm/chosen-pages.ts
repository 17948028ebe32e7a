import { AppError } from '#lib/vocabulary/errors.ts'
import { pageNumbers } from '#lib/vocabulary/formats.ts'
import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import type { FilterData } from '#worker/engines/pdf-options.ts'
import type { DocumentKind, OfficeDocument } from '#worker/uno/document.ts'
import { countPrinted, showAlone, visibleSlides } from '#worker/uno/printed-pages.ts'

/** The pages to print, where these are not all. */
export interface Chosen {
  /** Their numbers without counting hidden ones. */
  pages: readonly number[]
  /** How the export filter selects them. */
  filterData: FilterData
  /** @see Converted.order */
  order?: readonly number[] | undefined
}

/** Numbers among the printable pages. */
interface Numbers {
  /** In the requested order. */
  wanted: readonly number[]
  last: number
  /** The slides that count, by their numbers in the document; undefined where nothing is hidden. */
  visible: readonly number[] | undefined
}

/**
 * Selects the pages to print. @throws AppError `no_such_page`, `all_slides_hidden`; UnoError, ProtocolError, the
 * signal's reason
 */
export async function choosePages(
  document: OfficeDocument,
  kind: DocumentKind,
  conversion: Conversion,
): Promise<Chosen | undefined> {
  const { options = {}, enough, signal } = conversion
  const selection = String(options.pages ?? enough ?? 'all')
  const leavesOut = kind === 'presentation' && options.hiddenSlides !== true
  const isAsked = selection !== 'all' || conversion.hiddenSlides !== 0
  const visible = leavesOut && isAsked ? await chooseSlides(document, conversion) : undefined
  if (selection === 'all') return undefined
  const last = visible?.length ?? (await document.withModel(countPrinted, signal))
  const { numbers: wanted, missing } = pageNumbers(selection, last)
  if (missing) throw new AppError('no_such_page', { details: { page: missing, last } })
  const numbers = { wanted, last, visible }
  // Pictures and texts of pages have no links.
  if (kind === 'presentation' && enough === undefined) return chooseByHiding(document, numbers, conversion)
  const range = { PageRange: inDocument(numbers).join(',') }
  // Bookmarks of a drawing would lead to wrong pages, and its pages cannot be hidden.
  const isMisled = kind === 'drawing' && wanted.some((number, index) => number !== index + 1)
  return { pages: wanted, filterData: { ...range, ...(isMisled && { ExportBookmarks: false }) } }
}

/** The numbers of the printed slides. @throws AppError `all_slides_hidden` */
async function chooseSlides(document: OfficeDocument, { signal, onNote }: Conversion): Promise<number[]> {
  const { visible, hidden } = await document.withModel(visibleSlides, signal)
  if (hidden > 0 && visible.length === 0)
    throw new AppError('all_slides_hidden', { details: { option: 'hiddenSlides' } })
  if (hidden > 0) onNote?.(note('hidden_slides_left_out', { count: hidden }))
  return visible
}

const inDocument = ({ wanted, visible }: Numbers) => wanted.map(number => visible?.[number - 1] ?? number)

/**
 * With a range of slides, LibreOffice points bookmarks and links to the PDF page with the slide's number in the
 * document. With all other slides hidden they are correct. The remaining slides are printed in document order; the
 * requested order is applied later.
 */
async function chooseByHiding(
  document: OfficeDocument,
  numbers: Numbers,
  { options = {}, signal }: Conversion,
): Promise<Chosen> {
  const shown = new Set(inDocument(numbers))
  await document.withModel((component, session) => showAlone(component, shown, session), signal)
  const { wanted: pages } = numbers
  const printed = pages.toSorted((a, b) => a - b)
  const chosen = { pages, filterData: { ExportHiddenSlides: false } }
  if (printed.every((number, index) => number === pages[index])) return chosen
  const order = pages.map(number => printed.indexOf(number) + 1)
  const notes = options.notes === 'added' ? order.map(at => at + order.length) : []
  return { ...chosen, order: [...order, ...notes] }
}
