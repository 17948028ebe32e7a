import { getString, isInUse } from './methods.ts'
import { onPageStyles } from './paper.ts'
import { getPropertiesAtOnce, type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'

const TEXTS = ['Header', 'Footer'].flatMap(place => ['', 'Left', 'First'].map(page => `${place}Text${page}`))

/** The texts of the headers and footers of a document, each once, with line breaks. */
export async function headsAndFeet(text: RemoteObject, session: UnoSession): Promise<string[]> {
  const found = new Set<string>()
  await onPageStyles(text, session, async style => {
    if (!(await style.call(isInUse, [], session.signal))) return
    for (const value of await getPropertiesAtOnce(style, TEXTS, session))
      await withObject(session, referenceIn(value), async head => {
        found.add(await head.call(getString, [], session.signal))
        return null
      })
  })
  return [...found]
}
