import { getDocumentProperties, getTitle, setTitle } from './methods.ts'
import type { RemoteObject } from './remote-object.ts'
import { on, type Walk } from './walk.ts'

/** Gives a document that has no title this one. */
export async function setMissingTitle(document: RemoteObject, title: string, walk: Walk): Promise<void> {
  await on(walk, await document.call(getDocumentProperties, [], walk.signal), async properties => {
    const there = await properties.call(getTitle, [], walk.signal)
    if (there.trim() === '') await properties.call(setTitle, [title], walk.signal)
    return null
  })
}
