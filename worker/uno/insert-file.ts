import {
  createTextCursorByRange,
  dispose,
  getAnchor,
  getBookmarks,
  getByName,
  getTextOf,
  insertDocumentFromUrl,
} from './methods.ts'
import { type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { UnoError } from './uno-errors.ts'
import { any, properties } from './values.ts'

/** A file to insert into a text. */
export interface FileToInsert {
  /** The bookmark where it belongs. */
  bookmark: string
  /** LibreOffice's URL of the file. */
  url: string
  /** LibreOffice's name of the filter that reads it. */
  filter: string
}

/** Inserts a file into a text in place of a bookmark; false where LibreOffice does not accept it. */
export async function insertFile(
  text: RemoteObject,
  { bookmark: mark, url, filter }: FileToInsert,
  session: UnoSession,
): Promise<boolean> {
  const { signal } = session
  const preferences = properties({ FilterName: any('string', filter) })
  const inserted = await withObject(session, await text.call(getBookmarks, [], signal), async marks =>
    withObject(session, referenceIn(await marks.call(getByName, [mark], signal)), async bookmark =>
      withObject(session, await bookmark.call(getAnchor, [], signal), async range =>
        withObject(session, await range.call(getTextOf, [], signal), async around =>
          withObject(
            session,
            await around.call(
              createTextCursorByRange,
              [await range.reference('com.sun.star.text.XTextRange')],
              signal,
            ),
            async cursor => {
              await cursor.call(insertDocumentFromUrl, [url, preferences], signal)
              await bookmark.call(dispose, [], signal)
              return true
            },
          ),
        ),
      ),
    ),
  ).catch(error => {
    if (error instanceof UnoError) return false
    throw error
  })
  return inserted ?? false
}
