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
import { initialObject, type RemoteObject, referenceIn } from './remote-object.ts'
import type { InterfaceReference, UnoStruct } from './values.ts'
import { on, type Walk } from './walk.ts'

const COMMANDS = {
  accepted: '.uno:AcceptAllTrackedChanges',
  rejected: '.uno:RejectAllTrackedChanges',
} as const
export type Settled = keyof typeof COMMANDS

/** `com.sun.star.frame.DispatchResultState` */
const SUCCESS = 1

/** How many changes of a text wait for being accepted or rejected. */
export async function countTrackedChanges(text: RemoteObject, walk: Walk): Promise<number> {
  const { bridge, signal } = walk
  const count = await on(walk, await text.call(getRedlines, [], signal), async list =>
    on(walk, await list.call(createEnumeration, [], signal), async changes => {
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

/** Accepts or rejects all changes of a text, of which it must have some. False where it may not be edited. */
export async function settleTrackedChanges(text: RemoteObject, how: Settled, walk: Walk): Promise<boolean> {
  const { bridge, signal } = walk
  const settled = await onFrame(text, walk, frame =>
    onDispatchHelper(walk, async helper => {
      const { value } = await helper.call(executeDispatch, [frame, COMMANDS[how], '', 0, []], signal)
      const { Source, State } = value as UnoStruct
      if (Source) bridge.release([Source as InterfaceReference])
      return State === SUCCESS
    }),
  )
  return settled ?? false
}

/** The frame of the document's view, to which commands are given. */
async function onFrame<T>(
  document: RemoteObject,
  walk: Walk,
  step: (frame: InterfaceReference | null) => Promise<T | null>,
): Promise<T | null> {
  return on(walk, await document.call(getCurrentController, [], walk.signal), async controller =>
    on(walk, await controller.call(getFrame, [], walk.signal), async frame =>
      step(await frame.reference(DISPATCH_PROVIDER)),
    ),
  )
}

async function onDispatchHelper<T>(
  walk: Walk,
  step: (helper: RemoteObject) => Promise<T | null>,
): Promise<T | null> {
  const { bridge, signal } = walk
  const context = await initialObject(bridge, 'StarOffice.ComponentContext', signal)
  try {
    return await on(walk, await context.call(getServiceManager, [], signal), async manager => {
      const reference = await context.reference('com.sun.star.uno.XComponentContext')
      const name = 'com.sun.star.frame.DispatchHelper'
      return on(walk, await manager.call(createInstanceWithContext, [name, reference], signal), step)
    })
  } finally {
    context.release()
  }
}
