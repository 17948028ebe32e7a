import {
  createEnumeration,
  getPropertyValue,
  getTextFields,
  HEAD_TEXTS,
  hasMoreElements,
  nextElement,
  refresh,
  setPropertyValue,
} from './methods.ts'
import { onPageStyles } from './paper.ts'
import { setProperties, type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { UnoError } from './uno-errors.ts'
import { any } from './values.ts'

/** `FilenameDisplayFormat`: with its extension, without its path. */
const NAME_AND_EXTENSION = 3
const HEADS = ['Left', 'Right', 'FirstPage'].flatMap(page =>
  ['Header', 'Footer'].map(end => `${page === 'FirstPage' ? page : `${page}Page`}${end}Content`),
)

/** Makes a text's fields print the file's name without its path, which is one of this machine. */
export async function showNamesAlone(text: RemoteObject, session: UnoSession): Promise<void> {
  await withObject(session, await text.call(getTextFields, [], session.signal), async fields => {
    await nameAlone(fields, session)
    await fields.call(refresh, [], session.signal)
    return null
  })
}

/** The same in headers and footers of a spreadsheet. */
export function showNamesAloneOnSheets(workbook: RemoteObject, session: UnoSession): Promise<void> {
  return onPageStyles(workbook, session, async style => {
    for (const name of HEADS) {
      const value = await style.call(getPropertyValue, [name], session.signal)
      await withObject(session, referenceIn(value), async head => {
        for (const part of HEAD_TEXTS)
          await withObject(session, await head.call(part, [], session.signal), async text =>
            withObject(session, await text.call(getTextFields, [], session.signal), fields =>
              nameAlone(fields, session),
            ),
          )
        // The changed object is a copy.
        await style.call(setPropertyValue, [name, value], session.signal)
        return null
      })
    }
  })
}

async function nameAlone(fields: RemoteObject, session: UnoSession): Promise<null> {
  const { signal } = session
  return withObject(session, await fields.call(createEnumeration, [], signal), async all => {
    while (await all.call(hasMoreElements, [], signal))
      await withObject(session, referenceIn(await all.call(nextElement, [], signal)), async field => {
        await setProperties(field, { FileFormat: any('short', NAME_AND_EXTENSION) }, session).catch(error => {
          // Another kind of field; spreadsheets do not expose it.
          if (!(error instanceof UnoError)) throw error
        })
        return null
      })
    return null
  })
}
