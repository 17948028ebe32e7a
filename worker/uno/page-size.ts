import {
  createTextCursor,
  getByIndex,
  getByName,
  getDrawPages,
  getSheets,
  getStyleFamilies,
  getText,
} from './methods.ts'
import { getProperty, type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import type { UnoValue } from './values.ts'

/** In hundredths of a millimetre. */
export interface PageSize {
  readonly width: number
  readonly height: number
}

/** The first slide or drawing page. */
export async function drawPageSize(document: RemoteObject, session: UnoSession): Promise<PageSize | null> {
  return withObject(session, await document.call(getDrawPages, [], session.signal), async pages =>
    withObject(session, referenceIn(await pages.call(getByIndex, [0], session.signal)), async page =>
      size(await getProperty(page, 'Width', session), await getProperty(page, 'Height', session)),
    ),
  )
}

/** The page style at the beginning of a text. This lays the text out, which its export need not do again. */
export async function textPageSize(document: RemoteObject, session: UnoSession): Promise<PageSize | null> {
  const name = await withObject(session, await document.call(getText, [], session.signal), async text =>
    withObject(session, await text.call(createTextCursor, [], session.signal), cursor =>
      getProperty(cursor, 'PageStyleName', session),
    ),
  )
  return styleSize(document, name, session)
}

/** The page style of the first sheet. */
export async function sheetPageSize(document: RemoteObject, session: UnoSession): Promise<PageSize | null> {
  const name = await withObject(session, await document.call(getSheets, [], session.signal), async sheets =>
    withObject(session, referenceIn(await sheets.call(getByIndex, [0], session.signal)), sheet =>
      getProperty(sheet, 'PageStyle', session),
    ),
  )
  return styleSize(document, name, session)
}

async function styleSize(
  document: RemoteObject,
  name: UnoValue,
  session: UnoSession,
): Promise<PageSize | null> {
  if (typeof name !== 'string') return null
  return withObject(session, await document.call(getStyleFamilies, [], session.signal), async families =>
    withObject(
      session,
      referenceIn(await families.call(getByName, ['PageStyles'], session.signal)),
      async styles =>
        withObject(
          session,
          referenceIn(await styles.call(getByName, [name], session.signal)),
          async style => {
            const value = await getProperty(style, 'Size', session)
            if (typeof value !== 'object' || value === null || !('Width' in value)) return null
            return size(value.Width, value.Height)
          },
        ),
    ),
  )
}

function size(width: UnoValue, height: UnoValue): PageSize | null {
  const valid = typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0
  return valid ? { width, height } : null
}
