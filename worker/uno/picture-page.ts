import { getByIndex, getCount, getDrawPages, getShapeType } from './methods.ts'
import type { PageSize } from './page-size.ts'
import { getProperty, setProperties, type UnoSession, withEach, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, type UnoAny, type UnoValue } from './values.ts'

/** A picture on its page, all in hundredths of a millimetre. */
export interface PicturePlacement {
  page: PageSize
  left: number
  top: number
  width: number
  height: number
}

export interface PictureLayout {
  /** Mirrored horizontally. */
  isMirrored: boolean
  /** Places a picture of this size. */
  placement(picture: PageSize): PicturePlacement
}

/** The size of a picture: by its resolution in hundredths of a millimetre, and in pixels. */
interface StatedSize {
  stated: PageSize | null
  pixels: PageSize | null
}

/** At 96 dots per inch, as browsers show them. */
const PIXEL = 2540 / 96
const GRAPHIC = 'com.sun.star.drawing.GraphicObjectShape'

/** Lays out each page that contains only a picture. Other pages stay unchanged. */
export async function layOutPicture(
  document: RemoteObject,
  { isMirrored, placement: place }: PictureLayout,
  session: UnoSession,
): Promise<void> {
  await withEach(session, await document.call(getDrawPages, [], session.signal), page =>
    onOnlyPicture(page, session, async picture => {
      const size = await ownSize(picture, session)
      if (!size) return null
      const placed = place(size)
      await setProperties(page, pageProperties(placed.page), session)
      if (isMirrored) await setProperties(picture, { IsMirrored: any('boolean', true) }, session)
      await setProperties(picture, { Transformation: transformation(placed) }, session)
      return null
    }),
  )
}

function pageProperties({ width, height }: PageSize): Record<string, UnoAny> {
  const borders = ['BorderLeft', 'BorderRight', 'BorderTop', 'BorderBottom']
  return {
    ...Object.fromEntries(borders.map(name => [name, any('long', 0)])),
    Width: any('long', width),
    Height: any('long', height),
  }
}

async function onOnlyPicture(
  page: RemoteObject,
  session: UnoSession,
  step: (picture: RemoteObject) => Promise<null>,
): Promise<null> {
  if ((await page.call(getCount, [], session.signal)) !== 1) return null
  const reference = referenceIn(await page.call(getByIndex, [0], session.signal))
  return withObject(session, reference, async shape => {
    const kind = await shape.call(getShapeType, [], session.signal)
    return kind === GRAPHIC ? step(shape) : null
  })
}

/** The size in the file, not the one that LibreOffice shrank to its page; null where there is none. */
async function ownSize(picture: RemoteObject, session: UnoSession): Promise<PageSize | null> {
  const value = await getProperty(picture, 'Graphic', session)
  return withObject(session, referenceIn({ type: 'com.sun.star.graphic.XGraphic', value }), async graphic =>
    plausibleSize({
      stated: sizeIn(await getProperty(graphic, 'Size100thMM', session)),
      pixels: sizeIn(await getProperty(graphic, 'SizePixel', session)),
    }),
  )
}

/**
 * The stated size, or that of the pixels where there is none or an implausible one: some programs write a resolution of
 * a fraction of a dot per inch, which would make the page several metres wide.
 */
function plausibleSize({ stated, pixels }: StatedSize): PageSize | null {
  if (!pixels) return stated
  const byPixels = { width: pixels.width * PIXEL, height: pixels.height * PIXEL }
  return stated && isPlausible(pixels.width / stated.width) && isPlausible(pixels.height / stated.height)
    ? stated
    : byPixels
}

/** From 8 to 20,000 dots per inch. */
function isPlausible(pixelsPerUnit: number): boolean {
  const dotsPerInch = pixelsPerUnit * 2540
  return dotsPerInch >= 8 && dotsPerInch <= 20_000
}

function sizeIn(value: UnoValue): PageSize | null {
  if (typeof value !== 'object' || value === null || !('Width' in value)) return null
  const [width, height] = [Number(value.Width), Number(value.Height)]
  return width > 0 && height > 0 ? { width, height } : null
}

/** The transformation from the unit square of a picture to its position on the page. */
function transformation({ left, top, width, height }: PicturePlacement): UnoAny {
  return any('com.sun.star.drawing.HomogenMatrix3', {
    Line1: { Column1: width, Column2: 0, Column3: left },
    Line2: { Column1: 0, Column2: height, Column3: top },
    Line3: { Column1: 0, Column2: 0, Column3: 1 },
  })
}
