import { getByIndex, getName, getPrintAreas, getSheets } from './methods.ts'
import type { PageSize } from './page-size.ts'
import { getProperty, type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import type { SheetEnd } from './sheet-ends.ts'

/** A sheet that is too large to be divided into pages. */
export interface SparseSheet {
  name: string
  /** The last cell that would be printed, such as XFD1048576. */
  cell: string
  /** How many pages there would be, with those that are empty. */
  pages: number
}

/**
 * For each page that is empty LibreOffice looks for text that flows into it from all pages on its left: its time grows
 * with the square of how many pages stand side by side. Measured, this takes minutes; a sheet that is full does not
 * come near it.
 */
const MAX_READS = 5e8

/**
 * The first sheet that would keep LibreOffice busy for minutes or hours with pages that are empty, for one cell far
 * away; null where there is none. Those that have a print area are not meant.
 */
export async function findSparseSheet(
  workbook: RemoteObject,
  { ends, page, withHidden }: { ends: readonly SheetEnd[]; page: PageSize; withHidden: boolean },
  session: UnoSession,
): Promise<SparseSheet | null> {
  const { signal } = session
  for (const { number, right, bottom, cell } of ends) {
    const [across, down] = [Math.ceil(right / page.width), Math.ceil(bottom / page.height)]
    if (across * across * down <= MAX_READS) continue
    const name = await withObject(session, await workbook.call(getSheets, [], signal), async sheets =>
      withObject(session, referenceIn(await sheets.call(getByIndex, [number], signal)), async sheet => {
        if (!withHidden && !(await getProperty(sheet, 'IsVisible', session))) return null
        if ((await sheet.call(getPrintAreas, [], signal)).length > 0) return null
        return sheet.call(getName, [], signal)
      }),
    )
    if (name !== null) return { name, cell, pages: across * down }
  }
  return null
}
