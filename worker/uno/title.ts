import { getDocumentProperties, getTitle, setTitle } from './methods.ts'
import { type UnoSession, withObject } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'

/** Sets this title on a document without one. */
export async function setMissingTitle(
  document: RemoteObject,
  title: string,
  session: UnoSession,
): Promise<void> {
  await withObject(
    session,
    await document.call(getDocumentProperties, [], session.signal),
    async properties => {
      const there = await properties.call(getTitle, [], session.signal)
      if (there.trim() === '') await properties.call(setTitle, [title], session.signal)
      return null
    },
  )
}
