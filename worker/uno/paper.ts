import { getByName, getElementNames, getStyleFamilies } from './methods.ts'
import { setProperties, type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any } from './values.ts'

/** Runs a step with the page styles of a text or spreadsheet, which are found by their names. */
export async function withPageStyles<T>(
  document: RemoteObject,
  session: UnoSession,
  step: (styles: RemoteObject) => Promise<T>,
): Promise<T | null> {
  return withObject(session, await document.call(getStyleFamilies, [], session.signal), async families =>
    withObject(session, referenceIn(await families.call(getByName, ['PageStyles'], session.signal)), step),
  )
}

/** Runs a step for each page style of a text or spreadsheet. */
export async function onPageStyles(
  document: RemoteObject,
  session: UnoSession,
  step: (style: RemoteObject) => Promise<void>,
): Promise<void> {
  await withPageStyles(document, session, async styles => {
    for (const name of await styles.call(getElementNames, [], session.signal))
      await withObject(
        session,
        referenceIn(await styles.call(getByName, [name], session.signal)),
        async style => {
          await step(style)
          return null
        },
      )
    return null
  })
}

/** Prints a text or spreadsheet on this paper, upright. Sides in hundredths of a millimetre. */
export function setPaper(
  document: RemoteObject,
  [short, long]: readonly [number, number],
  session: UnoSession,
): Promise<void> {
  const sides = { Width: any('long', short), Height: any('long', long) }
  return onPageStyles(document, session, style =>
    setProperties(style, { IsLandscape: any('boolean', false), ...sides }, session),
  )
}
