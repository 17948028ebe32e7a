import { getPrintAreas, getRangeAddress, removeAllManualPageBreaks, setPrintAreas } from './methods.ts'
import { type OwnPage, withOwnPages } from './own-page-styles.ts'
import type { PageSize } from './page-size.ts'
import { type PrintedCells, printedCells } from './printed-cells.ts'
import { setPropertiesAtOnce, type UnoSession } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'
import type { SheetEnd } from './sheet-ends.ts'
import { type Frame, frameOf, LONGEST, pageAround, paperSizeOf } from './sheet-frame.ts'

/** Lengths are rounded in several places. */
const FRAME_MARGIN = 100

interface Sheet extends OwnPage, Frame {
  /** Its page breaks are removed, and its print area is the whole sheet. */
  isFreed: boolean
}

interface Fitting {
  sheet: Sheet
  cells: PrintedCells
  margin: { width: number; height: number }
}

/**
 * Prints each visible sheet completely on a page of its size, ignoring print areas and page breaks. A sheet that is
 * larger than the largest page of a PDF continues on further pages.
 * @returns how many sheets need further pages
 */
export async function printSheetsWhole(
  workbook: RemoteObject,
  ends: readonly SheetEnd[],
  session: UnoSession,
): Promise<number> {
  const divided = await withOwnPages(workbook, session, async pages => {
    const sheets: Sheet[] = []
    for (const page of pages) sheets.push(await spread(page, session))
    const printed = await printedWhole(workbook, { sheets, ends }, session)
    const fittings: Fitting[] = []
    for (const sheet of sheets) {
      const cells = printed.get(sheet.number)
      if (!cells) continue
      // LibreOffice computes the breaks of everything printed whenever a page changes.
      await sheet.sheet.call(setPrintAreas, [[cells.area]], session.signal)
      fittings.push({ sheet, cells, margin: { width: FRAME_MARGIN, height: FRAME_MARGIN } })
    }
    // Where all sheets are empty LibreOffice prints a page of the first.
    const [first] = sheets
    if (first && fittings.length === 0)
      await setPropertiesAtOnce(first.style, paperSizeOf(first.paper), session)
    await fitPages(workbook, fittings, session)
    return fittings.filter(({ cells }) => isDivided(cells)).length
  })
  return divided ?? 0
}

/** Prints a sheet on the largest page, at full scale; each change costs a division into pages. */
async function spread(page: OwnPage, session: UnoSession): Promise<Sheet> {
  const frame = await frameOf(page.style, session)
  const isLimited = (await page.sheet.call(getPrintAreas, [], session.signal)).length > 0
  await setPropertiesAtOnce(
    page.style,
    { ...paperSizeOf({ width: LONGEST, height: LONGEST }), ...frame.unscaled },
    session,
  )
  if (isLimited) await free(page, session)
  return { ...page, ...frame, isFreed: isLimited }
}

async function free({ sheet }: OwnPage, { signal }: UnoSession): Promise<void> {
  await sheet.call(removeAllManualPageBreaks, [], signal)
  // LibreOffice reduces it to the printable cells.
  const all = await sheet.call(getRangeAddress, [], signal)
  await sheet.call(setPrintAreas, [[all]], signal)
}

/** The printed cells of spread sheets; most of them are printed completely anyway. */
async function printedWhole(
  workbook: RemoteObject,
  { sheets, ends }: { sheets: readonly Sheet[]; ends: readonly SheetEnd[] },
  session: UnoSession,
): Promise<ReadonlyMap<number, PrintedCells>> {
  const printed = await printedCells(workbook, session)
  const filled = new Set(ends.map(({ number }) => number))
  const limited = sheets.filter(({ number, isFreed }) => {
    const cells = printed.get(number)
    return !isFreed && (cells ? isDivided(cells) : filled.has(number))
  })
  if (limited.length === 0) return printed
  for (const sheet of limited) await free(sheet, session)
  return printedCells(workbook, session)
}

const isDivided = ({ columns, rows }: PrintedCells) => columns.size > 1 || rows.size > 1

/**
 * Shrinks the pages as far as possible without adding pages. The size of a header or footer is not known before: where
 * the cells no longer fit, they get more room each time.
 */
async function fitPages(
  workbook: RemoteObject,
  fittings: readonly Fitting[],
  session: UnoSession,
): Promise<void> {
  let open = fittings
  while (open.length > 0) {
    for (const fitting of open)
      await setPropertiesAtOnce(fitting.sheet.style, paperSizeOf(pageFor(fitting)), session)
    const printed = await printedCells(workbook, session)
    open = open.filter(({ sheet, cells, margin }) => {
      const now = printed.get(sheet.number)
      const isTooNarrow = margin.width < LONGEST && (now?.columns.size ?? 0) > cells.columns.size
      const isTooLow = margin.height < LONGEST && (now?.rows.size ?? 0) > cells.rows.size
      if (isTooNarrow) margin.width = 2 * margin.width + 1000
      if (isTooLow) margin.height = 2 * margin.height + 1000
      return isTooNarrow || isTooLow
    })
  }
}

function pageFor({ sheet, cells: { columns, rows }, margin }: Fitting): PageSize {
  return pageAround(sheet, { width: each(columns) + margin.width, height: each(rows) + margin.height })
}

/** Several pages have the same length. */
function each(lengths: ReadonlyMap<number, number>): number {
  const all = [...lengths.values()].reduce((sum, length) => sum + length, 0)
  return Math.ceil(all / lengths.size)
}
