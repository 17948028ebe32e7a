import { getByName, getRangeAddress, removeAllManualPageBreaks, setPrintAreas } from './methods.ts'
import { giveOwnPageStyles } from './own-page-styles.ts'
import type { PageSize } from './page-size.ts'
import { withPageStyles } from './paper.ts'
import { type PrintedCells, printedCells } from './printed-cells.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { onSheets } from './sheets.ts'
import { any } from './values.ts'
import { on, propertiesAtOnce, setAtOnce, type Walk } from './walk.ts'

/** The longest side that a page of a PDF may have: 14,400 pt. All lengths here are hundredths of a millimetre. */
export const LONGEST = 508_000
/** Lengths are rounded in several places. */
const ROOM = 100
/** What the letters of columns and the numbers of rows take, where they are printed. */
const LABELS = { width: 2000, height: 600 }

const FACTS = [
  ...['Width', 'Height', 'LeftMargin', 'RightMargin', 'TopMargin', 'BottomMargin'],
  ...['LeftBorderDistance', 'RightBorderDistance', 'TopBorderDistance', 'BottomBorderDistance'],
  ...['HeaderIsOn', 'HeaderHeight', 'FooterIsOn', 'FooterHeight', 'PrintHeaders', 'PrintAnnotations'],
]
const SCALES = { PageScale: 100, ScaleToPages: 0, ScaleToPagesX: 0, ScaleToPagesY: 0 }

interface Frame {
  paper: PageSize
  /** What stands around the cells. */
  around: PageSize
  /** It has a head, a foot or pages of comments, which need the width and height of paper. */
  isAsPaper: boolean
}

interface Sheet extends Frame {
  number: number
  style: string
}

interface Fitting {
  sheet: Sheet
  cells: PrintedCells
  room: { width: number; height: number }
}

/**
 * Prints all of each sheet that is shown on a page of its size, whatever its print area and its page breaks are. What
 * is longer than the largest page of a PDF goes on on further ones.
 * @returns how many sheets need further pages
 */
export async function printSheetsWhole(workbook: RemoteObject, walk: Walk): Promise<number> {
  const divided = await withPageStyles(workbook, walk, async styles => {
    const sheets = await spread(workbook, styles, walk)
    const printed = await printedCells(workbook, walk)
    const fittings = sheets.flatMap((sheet): Fitting[] => {
      const cells = printed.get(sheet.number)
      return cells ? [{ sheet, cells, room: { width: ROOM, height: ROOM } }] : []
    })
    await onSheets(workbook, walk, async (sheet, number) => {
      const cells = printed.get(number)
      // LibreOffice finds the breaks of all that is to be printed whenever a page changes.
      if (cells) await sheet.call(setPrintAreas, [[cells.area]], walk.signal)
    })
    // Where all sheets are empty LibreOffice prints a page of the first.
    for (const { number, style, paper } of sheets)
      if (!printed.has(number)) await setPage(styles, style, paper, walk)
    await fitPages(fittings, { workbook, styles }, walk)
    return fittings.filter(({ cells: { columns, rows } }) => columns.size > 1 || rows.size > 1).length
  })
  return divided ?? 0
}

/** Has every sheet printed whole on the largest page. */
async function spread(workbook: RemoteObject, styles: RemoteObject, walk: Walk): Promise<Sheet[]> {
  const sheets: Sheet[] = []
  const names = await giveOwnPageStyles(workbook, styles, walk)
  await onSheets(workbook, walk, async (sheet, number) => {
    const name = names.get(number)
    if (name === undefined) return
    const frame = await on(walk, referenceIn(await styles.call(getByName, [name], walk.signal)), style =>
      spreadPage(style, walk),
    )
    if (frame) sheets.push({ number, style: name, ...frame })
    await sheet.call(removeAllManualPageBreaks, [], walk.signal)
    // LibreOffice cuts it down to what there is to print.
    const all = await sheet.call(getRangeAddress, [], walk.signal)
    await sheet.call(setPrintAreas, [[all]], walk.signal)
  })
  return sheets
}

/** Makes a page the largest, at full scale; each change costs a division into pages. */
async function spreadPage(style: RemoteObject, walk: Walk): Promise<Frame> {
  const scales = Object.entries(SCALES)
  const names = [...FACTS, ...scales.map(([name]) => name)]
  const values = (await propertiesAtOnce(style, names, walk)).map(({ value }) => Number(value))
  const others = scales.filter(([, scale], index) => values[FACTS.length + index] !== scale)
  const unscaled = Object.fromEntries(others.map(([name, scale]) => [name, any('short', scale)]))
  await setAtOnce(style, { ...sizeOf({ width: LONGEST, height: LONGEST }), ...unscaled }, walk)
  return frameOf(values)
}

/** From the values of `FACTS`. */
function frameOf(facts: readonly number[]): Frame {
  const [width = 0, height = 0, left = 0, right = 0, top = 0, bottom = 0] = facts
  const [fromLeft = 0, fromRight = 0, fromTop = 0, fromBottom = 0] = facts.slice(6)
  const [hasHead = 0, head = 0, hasFoot = 0, foot = 0, hasLabels = 0, hasComments = 0] = facts.slice(10)
  return {
    paper: { width, height },
    around: {
      width: left + right + fromLeft + fromRight + hasLabels * LABELS.width,
      height:
        top + bottom + fromTop + fromBottom + hasHead * head + hasFoot * foot + hasLabels * LABELS.height,
    },
    isAsPaper: hasHead + hasFoot + hasComments > 0,
  }
}

/**
 * Makes the pages as small as can be without more of them. What a head or foot takes is not known before: where the
 * cells no longer fit, there is more room for them each time.
 */
async function fitPages(
  fittings: readonly Fitting[],
  { workbook, styles }: { workbook: RemoteObject; styles: RemoteObject },
  walk: Walk,
): Promise<void> {
  let open = fittings
  while (open.length > 0) {
    for (const fitting of open) await setPage(styles, fitting.sheet.style, pageFor(fitting), walk)
    const printed = await printedCells(workbook, walk)
    open = open.filter(({ sheet, cells, room }) => {
      const now = printed.get(sheet.number)
      const isTooNarrow = room.width < LONGEST && (now?.columns.size ?? 0) > cells.columns.size
      const isTooLow = room.height < LONGEST && (now?.rows.size ?? 0) > cells.rows.size
      if (isTooNarrow) room.width = 2 * room.width + 1000
      if (isTooLow) room.height = 2 * room.height + 1000
      return isTooNarrow || isTooLow
    })
  }
}

function pageFor({ sheet, cells: { columns, rows }, room }: Fitting): PageSize {
  const { around, isAsPaper, paper } = sheet
  const width = lengthFor(columns, around.width + room.width)
  const height = lengthFor(rows, around.height + room.height)
  if (!isAsPaper) return { width, height }
  return { width: Math.max(width, paper.width), height: Math.max(height, paper.height) }
}

/** Several pages are of the same length. */
function lengthFor(lengths: ReadonlyMap<number, number>, more: number): number {
  const all = [...lengths.values()].reduce((sum, length) => sum + length, 0)
  return Math.min(LONGEST, Math.ceil(all / lengths.size) + more)
}

async function setPage(styles: RemoteObject, name: string, page: PageSize, walk: Walk): Promise<void> {
  await on(walk, referenceIn(await styles.call(getByName, [name], walk.signal)), async style => {
    await setAtOnce(style, sizeOf(page), walk)
    return null
  })
}

const sizeOf = ({ width, height }: PageSize) => ({
  Size: any('com.sun.star.awt.Size', { Width: width, Height: height }),
})
