import {
  getAnchor,
  getCount,
  getEndnotes,
  getFootnotes,
  getGraphicObjects,
  getTextOf,
  supportsService,
} from './methods.ts'
import { type UnoSession, withEach, withObject } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'

/** Endnotes support it, too. */
const NOTE = 'com.sun.star.text.Footnote'

/** How many pictures are in the footnotes and endnotes of a text. */
export async function picturesOfNotes(text: RemoteObject, session: UnoSession): Promise<number> {
  if (!(await hasNotes(text, session))) return 0
  let count = 0
  await withEach(session, await text.call(getGraphicObjects, [], session.signal), async picture => {
    if (await isInNote(picture, session)) count++
    return null
  })
  return count
}

async function hasNotes(text: RemoteObject, session: UnoSession): Promise<boolean> {
  for (const getNotes of [getFootnotes, getEndnotes]) {
    const notes = await text.call(getNotes, [], session.signal)
    if (await withObject(session, notes, list => list.call(getCount, [], session.signal))) return true
  }
  return false
}

async function isInNote(picture: RemoteObject, session: UnoSession): Promise<boolean> {
  const { signal } = session
  const isInside = await withObject(session, await picture.call(getAnchor, [], signal), async anchor =>
    withObject(session, await anchor.call(getTextOf, [], signal), around =>
      around.call(supportsService, [NOTE], signal),
    ),
  )
  return isInside ?? false
}
