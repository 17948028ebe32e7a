import {
  createInstance,
  getByName,
  getStyleFamilies,
  hasByName,
  insertByName,
  XINTERFACE,
} from './methods.ts'
import { type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'

/** The style that LibreOffice gives to links without one, in Word documents and rich texts, although it does not exist. */
const NAME = 'Default Style'

/**
 * Adds this style, without formatting: LibreOffice finds the links of a text by their styles, so that a PDF lacks those
 * whose style does not exist. They must get it before the text is laid out.
 */
export async function addLinkStyle(text: RemoteObject, session: UnoSession): Promise<void> {
  const { signal } = session
  await withObject(session, await text.call(getStyleFamilies, [], signal), async families =>
    withObject(
      session,
      referenceIn(await families.call(getByName, ['CharacterStyles'], signal)),
      async styles => {
        if (await styles.call(hasByName, [NAME], signal)) return null
        const value = await text.call(createInstance, ['com.sun.star.style.CharacterStyle'], signal)
        return withObject(session, value, async () => {
          await styles.call(insertByName, [NAME, { type: XINTERFACE, value }], signal)
          return null
        })
      },
    ),
  )
}
