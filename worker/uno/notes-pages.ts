import { getDrawPages, getNotesPage, getShapeType, getString } from './methods.ts'
import { getProperty, type UnoSession, withEach } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'

const NOTES = 'com.sun.star.presentation.NotesShape'
/** Old files have notes in plain boxes, and the slide number in boxes or shapes. */
const BOX = 'com.sun.star.drawing.TextShape'
const SHAPE = 'com.sun.star.drawing.CustomShape'
const NUMBER = /^(?:<number>|\d+)$/
/** Shapes of every notes page: the slide, and what the master repeats. */
const REPEATED = ['Page', 'Header', 'Footer', 'DateTime', 'SlideNumber'].map(
  kind => `com.sun.star.presentation.${kind}Shape`,
)

/** Whether each slide of a presentation has notes, in order; hidden slides are optional. */
export async function slidesWithNotes(
  deck: RemoteObject,
  { withHidden }: { withHidden: boolean },
  session: UnoSession,
): Promise<boolean[]> {
  const slides: boolean[] = []
  await withEach(session, await deck.call(getDrawPages, [], session.signal), async slide => {
    if (withHidden || (await getProperty(slide, 'Visible', session)) !== false)
      slides.push(await hasNotes(slide, session))
    return null
  })
  return slides
}

async function hasNotes(slide: RemoteObject, session: UnoSession): Promise<boolean> {
  let says = false
  await withEach(session, await slide.call(getNotesPage, [], session.signal), async shape => {
    const kind = await shape.call(getShapeType, [], session.signal)
    says ||= !REPEATED.includes(kind) && (await shows(shape, kind, session))
    return null
  })
  return says
}

/** Whether a shape of a notes page shows content of its own. */
async function shows(shape: RemoteObject, kind: string, session: UnoSession): Promise<boolean> {
  if (![NOTES, BOX, SHAPE].includes(kind)) return true
  if (kind === NOTES && (await getProperty(shape, 'IsEmptyPresentationObject', session)) === true)
    return false
  const words = (await shape.call(getString, [], session.signal)).trim()
  if (kind !== NOTES && NUMBER.test(words)) return false
  return kind === SHAPE || words !== ''
}
