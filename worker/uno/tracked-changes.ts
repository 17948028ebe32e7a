import {
  createEnumeration,
  createInstanceWithContext,
  DISPATCH_PROVIDER,
  executeDispatch,
  getCurrentController,
  getFrame,
  getRedlines,
  getServiceManager,
  hasMoreElements,
  nextElement,
} from './methods.ts'
import { type UnoSession, withObject } from './remote-access.ts'
import { initialObject, type RemoteObject, referenceIn } from './remote-object.ts'
import type { InterfaceReference, UnoStruct } from './values.ts'

const COMMANDS = {
  accepted: '.uno:AcceptAllTrackedChanges',
  rejected: '.uno:RejectAllTrackedChanges',
} as const
export type ChangeResolution = keyof typeof COMMANDS

/** `com.sun.star.frame.DispatchResultState` */
const SUCCESS = 1

/** The number of pending tracked changes in a text. */
export async function countTrackedChanges(text: RemoteObject, session: UnoSession): Promise<number> {
  const { bridge, signal } = session
  const count = await withObject(session, await text.call(getRedlines, [], signal), async list =>
    withObject(session, await list.call(createEnumeration, [], signal), async changes => {
      let count = 0
      for (; await changes.call(hasMoreElements, [], signal); count++) {
        const change = referenceIn(await changes.call(nextElement, [], signal))
        if (change) bridge.release([change])
      }
      return count
    }),
  )
  return count ?? 0
}

/** Accepts or rejects all changes of a text, which must have some. False where it is read-only. */
export async function resolveTrackedChanges(
  text: RemoteObject,
  how: ChangeResolution,
  session: UnoSession,
): Promise<boolean> {
  const { bridge, signal } = session
  const resolution = await onFrame(text, session, frame =>
    onDispatchHelper(session, async helper => {
      const { value } = await helper.call(executeDispatch, [frame, COMMANDS[how], '', 0, []], signal)
      const { Source, State } = value as UnoStruct
      if (Source) bridge.release([Source as InterfaceReference])
      return State === SUCCESS
    }),
  )
  return resolution ?? false
}

/** The frame of the document's view, which receives commands. */
async function onFrame<T>(
  document: RemoteObject,
  session: UnoSession,
  step: (frame: InterfaceReference | null) => Promise<T | null>,
): Promise<T | null> {
  return withObject(
    session,
    await document.call(getCurrentController, [], session.signal),
    async controller =>
      withObject(session, await controller.call(getFrame, [], session.signal), async frame =>
        step(await frame.reference(DISPATCH_PROVIDER)),
      ),
  )
}

async function onDispatchHelper<T>(
  session: UnoSession,
  step: (helper: RemoteObject) => Promise<T | null>,
): Promise<T | null> {
  const { bridge, signal } = session
  const context = await initialObject(bridge, 'StarOffice.ComponentContext', signal)
  try {
    return await withObject(session, await context.call(getServiceManager, [], signal), async manager => {
      const reference = await context.reference('com.sun.star.uno.XComponentContext')
      const name = 'com.sun.star.frame.DispatchHelper'
      return withObject(
        session,
        await manager.call(createInstanceWithContext, [name, reference], signal),
        step,
      )
    })
  } finally {
    context.release()
  }
}
