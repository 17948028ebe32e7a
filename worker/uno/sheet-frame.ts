import type { PageSize } from './page-size.ts'
import { getPropertiesAtOnce, type UnoSession } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'
import { any, type UnoAny } from './values.ts'

/** The longest side of a PDF page: 14,400 pt. All lengths here are hundredths of a millimetre. */
export const LONGEST = 508_000
/** The size of row and column headers, where they are printed. */
const LABELS = { width: 2000, height: 600 }

const FACTS = [
  ...['Width', 'Height', 'LeftMargin', 'RightMargin', 'TopMargin', 'BottomMargin'],
  ...['LeftBorderDistance', 'RightBorderDistance', 'TopBorderDistance', 'BottomBorderDistance'],
  ...['HeaderIsOn', 'HeaderHeight', 'FooterIsOn', 'FooterHeight', 'PrintHeaders', 'PrintAnnotations'],
]
const SCALES = { PageScale: 100, ScaleToPages: 0, ScaleToPagesX: 0, ScaleToPagesY: 0 }

/** The parts of a page style besides cells. */
export interface Frame {
  paper: PageSize
  /** The size of everything around the cells. */
  around: PageSize
  /** It has a header, a footer or pages of comments, which need the size of a paper. */
  isAsPaper: boolean
  /** The settings for printing at full scale. */
  unscaled: Readonly<Record<string, UnoAny>>
}

/** The frame of a spreadsheet's page style. */
export async function frameOf(style: RemoteObject, session: UnoSession): Promise<Frame> {
  const scales = Object.entries(SCALES)
  const names = [...FACTS, ...scales.map(([name]) => name)]
  const values = (await getPropertiesAtOnce(style, names, session)).map(({ value }) => Number(value))
  const others = scales.filter(([, scale], index) => values[FACTS.length + index] !== scale)
  const unscaled = Object.fromEntries(others.map(([name, scale]) => [name, any('short', scale)]))
  return { ...frameFrom(values), unscaled }
}

/** From the values of `FACTS`. */
function frameFrom(facts: readonly number[]): Omit<Frame, 'unscaled'> {
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

/** The page size for cells of this size. */
export function pageAround({ around, isAsPaper, paper }: Frame, cells: PageSize): PageSize {
  const width = Math.min(LONGEST, cells.width + around.width)
  const height = Math.min(LONGEST, cells.height + around.height)
  if (!isAsPaper) return { width, height }
  return { width: Math.max(width, paper.width), height: Math.max(height, paper.height) }
}

/** A page's size as properties of its style. */
export function paperSizeOf({ width, height }: PageSize): Readonly<Record<string, UnoAny>> {
  return { Size: any('com.sun.star.awt.Size', { Width: width, Height: height }) }
}
