import type { Caller } from './caller.ts'
import {
  getByIndex,
  getCount,
  getLayerManager,
  getPropertyValue,
  PROPERTY_SET,
  setPropertyValue,
} from './methods.ts'
import { type UnoSession, withObject } from './remote-access.ts'
import { RemoteObject, referenceIn } from './remote-object.ts'
import { any, type InterfaceReference } from './values.ts'

const IS_PRINTED = 'IsPrintable'

/** The layers of a presentation or drawing that are printed. Without them its pages are printed empty. */
export interface PrintedLayers {
  /** Shows or hides all of them. `caller` may be one on a waiting thread. */
  show(isShown: boolean, caller: Caller): Promise<void>
  release(): void
}

/** The layers of the document with this `XLayerSupplier`; they stay known until `release`. */
export async function printedLayers(
  { objectId: supplier }: InterfaceReference,
  session: UnoSession,
): Promise<PrintedLayers> {
  const layers: RemoteObject[] = []
  const objectIds: string[] = []
  const { bridge, signal } = session
  const manager = await bridge.call({ ...getLayerManager, objectId: supplier }, [], signal)
  await withObject(session, manager, async all => {
    const count = await all.call(getCount, [], signal)
    for (let index = 0; index < count; index++) {
      const reference = referenceIn(await all.call(getByIndex, [index], signal))
      if (!reference) continue
      const layer = new RemoteObject(bridge, reference)
      layers.push(layer)
      if ((await layer.call(getPropertyValue, [IS_PRINTED], signal)).value !== true) continue
      const own = await layer.reference(PROPERTY_SET)
      if (own) objectIds.push(own.objectId)
    }
    return null
  })
  return {
    show: async (isShown, caller) => {
      for (const objectId of objectIds)
        await caller.call({ ...setPropertyValue, objectId }, [IS_PRINTED, any('boolean', isShown)])
    },
    release: () => {
      for (const layer of layers) layer.release()
    },
  }
}
