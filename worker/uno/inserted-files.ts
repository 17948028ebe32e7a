import { UnoError } from './errors.ts'
import {
  createTextCursorByRange,
  dispose,
  getAnchor,
  getBookmarks,
  getByName,
  getTextOf,
  insertDocumentFromUrl,
} from './methods.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, properties } from './values.ts'
import { on, type Walk } from './walk.ts'

/** A file that is to stand in a text. */
export interface InsertedFile {
  /** The bookmark where it is to stand. */
  mark: string
  /** Where it lies, as LibreOffice calls it. */
  url: string
  /** LibreOffice's name of the filter that reads it. */
  filter: string
}

/** Puts a file into a text in place of a bookmark; false where LibreOffice does not take it. */
export async function insertFile(
  text: RemoteObject,
  { mark, url, filter }: InsertedFile,
  walk: Walk,
): Promise<boolean> {
  const { signal } = walk
  const preferences = properties({ FilterName: any('string', filter) })
  const inserted = await on(walk, await text.call(getBookmarks, [], signal), async marks =>
    on(walk, referenceIn(await marks.call(getByName, [mark], signal)), async bookmark =>
      on(walk, await bookmark.call(getAnchor, [], signal), async range =>
        on(walk, await range.call(getTextOf, [], signal), async around =>
          on(
            walk,
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
