import { UnoError } from './errors.ts'
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
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any } from './values.ts'
import { on, setProperties, type Walk } from './walk.ts'

/** `FilenameDisplayFormat`: with its extension, without its path. */
const NAME_AND_EXTENSION = 3
const HEADS = ['Left', 'Right', 'FirstPage'].flatMap(page =>
  ['Header', 'Footer'].map(end => `${page === 'FirstPage' ? page : `${page}Page`}${end}Content`),
)

/** Has a text's fields print the name of the file alone: its path is one of this machine. */
export async function showNamesAlone(text: RemoteObject, walk: Walk): Promise<void> {
  await on(walk, await text.call(getTextFields, [], walk.signal), async fields => {
    await nameAlone(fields, walk)
    await fields.call(refresh, [], walk.signal)
    return null
  })
}

/** The same at head and foot of a spreadsheet's pages. */
export function showNamesAloneOnSheets(workbook: RemoteObject, walk: Walk): Promise<void> {
  return onPageStyles(workbook, walk, async style => {
    for (const name of HEADS) {
      const value = await style.call(getPropertyValue, [name], walk.signal)
      await on(walk, referenceIn(value), async head => {
        for (const part of HEAD_TEXTS)
          await on(walk, await head.call(part, [], walk.signal), async text =>
            on(walk, await text.call(getTextFields, [], walk.signal), fields => nameAlone(fields, walk)),
          )
        // What was changed is a copy.
        await style.call(setPropertyValue, [name, value], walk.signal)
        return null
      })
    }
  })
}

async function nameAlone(fields: RemoteObject, walk: Walk): Promise<null> {
  const { signal } = walk
  return on(walk, await fields.call(createEnumeration, [], signal), async all => {
    while (await all.call(hasMoreElements, [], signal))
      await on(walk, referenceIn(await all.call(nextElement, [], signal)), async field => {
        await setProperties(field, { FileFormat: any('short', NAME_AND_EXTENSION) }, walk).catch(error => {
          // Another kind of field; a spreadsheet's do not tell theirs.
          if (!(error instanceof UnoError)) throw error
        })
        return null
      })
    return null
  })
}
