import { getByIndex, getName, getPrintAreas, getSheets } from './methods.ts'
import type { PageSize } from './page-size.ts'
import { getProperty, type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import type { SheetEnd } from './sheet-ends.ts'

/** A sheet that is too large for dividing it into pages. */
export interface SparseSheet {
  name: string
  /** The last cell that would be printed, such as XFD1048576. */
  cell: string
  /** The number of pages, including empty ones. */
  pages: number
}

/**
 * For each empty page LibreOffice searches all pages on its left for overflowing text: its time grows with the square
 * of the number of pages side by side. Measured, this limit takes minutes; a filled sheet does not come near it.
 */
const MAX_READS = 5e8

/**
 * The first sheet whose empty pages, caused by one distant cell, would keep LibreOffice busy for minutes or hours; null
 * where there is none. Sheets with a print area are skipped.
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
