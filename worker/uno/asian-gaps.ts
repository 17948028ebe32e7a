/**
 * Removes the gap that LibreOffice leaves between Asian characters and letters or digits, regardless of a Word
 * document's setting. PowerPoint has no gap.
 */
import { createInstance, getByName, getElementNames, getStyleFamilies } from './methods.ts'
import { setProperties, type UnoSession, withObject } from './remote-access.ts'
import { type RemoteObject, referenceIn } from './remote-object.ts'
import { any, type UnoAny } from './values.ts'

const NO_GAP = { ParaIsCharacterDistance: any('boolean', false) }
/** The base styles in the families that every presentation has. */
const COMMON: Readonly<Record<string, readonly string[]>> = {
  graphics: ['standard'],
  cell: ['default'],
  table: [],
}
/** The same in the separate family of each master page. */
const OF_MASTER = ['title', 'subtitle', 'outline1', 'notes', 'backgroundobjects']

/** Removes it from a text, except for styles and paragraphs that set it. */
export async function closeGapsInText(text: RemoteObject, session: UnoSession): Promise<void> {
  const defaults = await text.call(createInstance, ['com.sun.star.text.Defaults'], session.signal)
  await withObject(session, defaults, async all => {
    await setProperties(all, NO_GAP, session)
    return null
  })
}

/** Removes it from the paragraphs without a style of their own. */
export async function closeGapsWithoutStyle(text: RemoteObject, session: UnoSession): Promise<void> {
  await withObject(session, await text.call(getStyleFamilies, [], session.signal), async families =>
    withObject(
      session,
      referenceIn(await families.call(getByName, ['ParagraphStyles'], session.signal)),
      family => setStyles(family, ['Standard'], { values: NO_GAP, session }),
    ),
  )
}

/** Removes it from a presentation. */
export function closeGapsOnSlides(deck: RemoteObject, session: UnoSession): Promise<void> {
  return setPresentationStyles(deck, NO_GAP, session)
}

/** Sets properties of the base styles of all text in a presentation. */
export async function setPresentationStyles(
  deck: RemoteObject,
  values: Readonly<Record<string, UnoAny>>,
  session: UnoSession,
): Promise<void> {
  await withObject(session, await deck.call(getStyleFamilies, [], session.signal), async families => {
    for (const name of await families.call(getElementNames, [], session.signal))
      await withObject(session, referenceIn(await families.call(getByName, [name], session.signal)), family =>
        setStyles(family, COMMON[name] ?? OF_MASTER, { values, session }),
      )
    return null
  })
}

async function setStyles(
  family: RemoteObject,
  styles: readonly string[],
  { values, session }: { values: Readonly<Record<string, UnoAny>>; session: UnoSession },
): Promise<null> {
  for (const name of styles)
    await withObject(
      session,
      referenceIn(await family.call(getByName, [name], session.signal)),
      async style => {
        await setProperties(style, values, session)
        return null
      },
    )
  return null
}
