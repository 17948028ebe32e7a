import {
  createTextCursor,
  getByIndex,
  getByName,
  getDrawPages,
  getSheets,
  getStyleFamilies,
  getText,
} from './methods.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import type { UnoValue } from './values.ts'
import { on, property, type Walk } from './walk.ts'

/** Hundredths of a millimetre. */
export interface PageSize {
  readonly width: number
  readonly height: number
}

/** The first slide or drawing page. */
export async function drawPageSize(document: RemoteObject, walk: Walk): Promise<PageSize | null> {
  return on(walk, await document.call(getDrawPages, [], walk.signal), async pages =>
    on(walk, referenceIn(await pages.call(getByIndex, [0], walk.signal)), async page =>
      size(await property(page, 'Width', walk), await property(page, 'Height', walk)),
    ),
  )
}

/** The page style at the beginning of a text. The text is laid out for this, which its export need not do again. */
export async function textPageSize(document: RemoteObject, walk: Walk): Promise<PageSize | null> {
  const name = await on(walk, await document.call(getText, [], walk.signal), async text =>
    on(walk, await text.call(createTextCursor, [], walk.signal), cursor =>
      property(cursor, 'PageStyleName', walk),
    ),
  )
  return styleSize(document, name, walk)
}

/** The page style of the first sheet. */
export async function sheetPageSize(document: RemoteObject, walk: Walk): Promise<PageSize | null> {
  const name = await on(walk, await document.call(getSheets, [], walk.signal), async sheets =>
    on(walk, referenceIn(await sheets.call(getByIndex, [0], walk.signal)), sheet =>
      property(sheet, 'PageStyle', walk),
    ),
  )
  return styleSize(document, name, walk)
}

async function styleSize(document: RemoteObject, name: UnoValue, walk: Walk): Promise<PageSize | null> {
  if (typeof name !== 'string') return null
  return on(walk, await document.call(getStyleFamilies, [], walk.signal), async families =>
    on(walk, referenceIn(await families.call(getByName, ['PageStyles'], walk.signal)), async styles =>
      on(walk, referenceIn(await styles.call(getByName, [name], walk.signal)), async style => {
        const value = await property(style, 'Size', walk)
        if (typeof value !== 'object' || value === null || !('Width' in value)) return null
        return size(value.Width, value.Height)
      }),
    ),
  )
}

function size(width: UnoValue, height: UnoValue): PageSize | null {
  const valid = typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0
  return valid ? { width, height } : null
}
