import { getTextFields, refresh } from './methods.ts'
import { type UnoSession, withObject } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'

/** Has a text's fields show what they are to show now, as printing does: a text that a condition hides above all. */
export async function refreshFields(text: RemoteObject, session: UnoSession): Promise<void> {
  await withObject(session, await text.call(getTextFields, [], session.signal), async fields => {
    await fields.call(refresh, [], session.signal)
    return null
  })
}
