import { getString, isInUse } from './methods.ts'
import { onPageStyles } from './paper.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { on, propertiesAtOnce, type Walk } from './walk.ts'

const TEXTS = ['Header', 'Footer'].flatMap(place => ['', 'Left', 'First'].map(page => `${place}Text${page}`))

/** What stands in the headers and footers of a text, each once, with line breaks. */
export async function headsAndFeet(text: RemoteObject, walk: Walk): Promise<string[]> {
  const found = new Set<string>()
  await onPageStyles(text, walk, async style => {
    if (!(await style.call(isInUse, [], walk.signal))) return
    for (const value of await propertiesAtOnce(style, TEXTS, walk))
      await on(walk, referenceIn(value), async head => {
        found.add(await head.call(getString, [], walk.signal))
        return null
      })
  })
  return [...found]
}
