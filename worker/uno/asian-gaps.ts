/**
 * The gap that LibreOffice leaves where Asian characters meet letters or digits, whatever a document of Word says of it.
 * PowerPoint has none.
 */
import { createInstance, getByName, getElementNames, getStyleFamilies } from './methods.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, type UnoAny } from './values.ts'
import { on, setProperties, type Walk } from './walk.ts'

const NO_GAP = { ParaIsCharacterDistance: any('boolean', false) }
/** Styles that others follow, in the families that every presentation has. */
const COMMON: Readonly<Record<string, readonly string[]>> = {
  graphics: ['standard'],
  cell: ['default'],
  table: [],
}
/** The same in the family that each master page has for itself. */
const OF_MASTER = ['title', 'subtitle', 'outline1', 'notes', 'backgroundobjects']

/** Takes it out of a text, but for styles and paragraphs that ask for it. */
export async function closeGapsInText(text: RemoteObject, walk: Walk): Promise<void> {
  const defaults = await text.call(createInstance, ['com.sun.star.text.Defaults'], walk.signal)
  await on(walk, defaults, async all => {
    await setProperties(all, NO_GAP, walk)
    return null
  })
}

/** Takes it out of the paragraphs that have no style of their own. */
export async function closeGapsWithoutStyle(text: RemoteObject, walk: Walk): Promise<void> {
  await on(walk, await text.call(getStyleFamilies, [], walk.signal), async families =>
    on(walk, referenceIn(await families.call(getByName, ['ParagraphStyles'], walk.signal)), family =>
      setStyles(family, ['Standard'], { values: NO_GAP, walk }),
    ),
  )
}

/** Takes it out of a presentation. */
export function closeGapsOnSlides(deck: RemoteObject, walk: Walk): Promise<void> {
  return setPresentationStyles(deck, NO_GAP, walk)
}

/** Sets properties of the styles that all text of a presentation follows. */
export async function setPresentationStyles(
  deck: RemoteObject,
  values: Readonly<Record<string, UnoAny>>,
  walk: Walk,
): Promise<void> {
  await on(walk, await deck.call(getStyleFamilies, [], walk.signal), async families => {
    for (const name of await families.call(getElementNames, [], walk.signal))
      await on(walk, referenceIn(await families.call(getByName, [name], walk.signal)), family =>
        setStyles(family, COMMON[name] ?? OF_MASTER, { values, walk }),
      )
    return null
  })
}

async function setStyles(
  family: RemoteObject,
  styles: readonly string[],
  { values, walk }: { values: Readonly<Record<string, UnoAny>>; walk: Walk },
): Promise<null> {
  for (const name of styles)
    await on(walk, referenceIn(await family.call(getByName, [name], walk.signal)), async style => {
      await setProperties(style, values, walk)
      return null
    })
  return null
}
