import { getDrawPages, getNotesPage, getShapeType, getString } from './methods.ts'
import type { RemoteObject } from './remote-object.ts'
import { onEach, property, type Walk } from './walk.ts'

const NOTES = 'com.sun.star.presentation.NotesShape'
/** Old files have notes in plain boxes, and the number of the slide in boxes or shapes. */
const BOX = 'com.sun.star.drawing.TextShape'
const SHAPE = 'com.sun.star.drawing.CustomShape'
const NUMBER = /^(?:<number>|\d+)$/
/** They stand on every notes page: the slide, and what the master repeats. */
const REPEATED = ['Page', 'Header', 'Footer', 'DateTime', 'SlideNumber'].map(
  kind => `com.sun.star.presentation.${kind}Shape`,
)

/** The slides of a presentation in their order, those that are hidden only where wished: whether each has notes. */
export async function slidesWithNotes(
  deck: RemoteObject,
  { withHidden }: { withHidden: boolean },
  walk: Walk,
): Promise<boolean[]> {
  const slides: boolean[] = []
  await onEach(walk, await deck.call(getDrawPages, [], walk.signal), async slide => {
    if (withHidden || (await property(slide, 'Visible', walk)) !== false)
      slides.push(await hasNotes(slide, walk))
    return null
  })
  return slides
}

async function hasNotes(slide: RemoteObject, walk: Walk): Promise<boolean> {
  let says = false
  await onEach(walk, await slide.call(getNotesPage, [], walk.signal), async shape => {
    const kind = await shape.call(getShapeType, [], walk.signal)
    says ||= !REPEATED.includes(kind) && (await shows(shape, kind, walk))
    return null
  })
  return says
}

/** Whether a shape of a notes page shows something of its own. */
async function shows(shape: RemoteObject, kind: string, walk: Walk): Promise<boolean> {
  if (![NOTES, BOX, SHAPE].includes(kind)) return true
  if (kind === NOTES && (await property(shape, 'IsEmptyPresentationObject', walk)) === true) return false
  const words = (await shape.call(getString, [], walk.signal)).trim()
  if (kind !== NOTES && NUMBER.test(words)) return false
  return kind === SHAPE || words !== ''
}
