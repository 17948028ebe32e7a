import { getByIndex, getByName, getCount, getElementNames, getSheets } from './methods.ts'
import { copyPageStyle } from './page-style-copy.ts'
import { withPageStyles } from './paper.ts'
import { getPropertiesAtOnce, setProperties, type UnoSession, withObject } from './remote-access.ts'
import { RemoteObject, referenceIn } from './remote-object.ts'
import { any, type UnoAny } from './values.ts'

/** A visible sheet with a page style that no other sheet uses. */
export interface OwnPage {
  /** The sheet's number, from 0. */
  number: number
  sheet: RemoteObject
  style: RemoteObject
}

/** Gives each visible sheet a page style that no other sheet uses, and keeps references to them during `step`. */
export async function withOwnPages<T>(
  workbook: RemoteObject,
  session: UnoSession,
  step: (pages: readonly OwnPage[]) => Promise<T>,
): Promise<T | null> {
  const held: RemoteObject[] = []
  const hold = ({ value }: UnoAny) => {
    const reference = referenceIn({ type: 'any', value })
    const object = reference && new RemoteObject(session.bridge, reference)
    if (object) held.push(object)
    return object
  }
  try {
    return await withPageStyles(workbook, session, async styles =>
      step(await ownPages({ workbook, styles, hold }, session)),
    )
  } finally {
    for (const object of held) object.release()
  }
}

interface Surroundings {
  workbook: RemoteObject
  styles: RemoteObject
  hold(value: UnoAny): RemoteObject | null
}

async function ownPages(around: Surroundings, session: UnoSession): Promise<OwnPage[]> {
  const { workbook, styles, hold } = around
  const { signal } = session
  const names = new Set(await styles.call(getElementNames, [], signal))
  const taken = new Set<string>()
  const pages: OwnPage[] = []
  let before: string | undefined
  await withObject(session, await workbook.call(getSheets, [], signal), async sheets => {
    const count = await sheets.call(getCount, [], signal)
    for (let number = 0; number < count; number++) {
      const sheet = hold(await sheets.call(getByIndex, [number], signal))
      if (!sheet) continue
      const [page, isVisible] = await getPropertiesAtOnce(sheet, ['PageStyle', 'IsVisible'], session)
      const from = String(page?.value)
      const continues = from === before
      before = from
      if (isVisible?.value !== true) continue
      let name = from
      if (taken.has(from)) {
        while (names.has(name)) name += '+'
        await copyPageStyle(workbook, { styles, from, to: name, continues }, session)
        await setProperties(sheet, { PageStyle: any('string', name) }, session)
        names.add(name)
      }
      taken.add(name)
      const style = hold(await styles.call(getByName, [name], signal))
      if (style) pages.push({ number, sheet, style })
    }
    return null
  })
  return pages
}
