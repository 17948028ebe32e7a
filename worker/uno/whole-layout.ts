import type { Bridge } from './bridge.ts'
import type { Caller } from './caller.ts'
import type { ExportedObject } from './exported-objects.ts'
import {
  addDocumentEventListener,
  createInstance,
  DOCUMENT_EVENT_LISTENER,
  documentEventListener,
  getPropertyValue,
  type Method,
  queryInterface,
  removeDocumentEventListener,
} from './methods.ts'
import type { UnoSession } from './remote-access.ts'
import { RemoteObject, referenceIn } from './remote-object.ts'
import { TypeClass } from './types.ts'
import { UnoError } from './uno-errors.ts'
import type { InterfaceReference, UnoStruct } from './values.ts'

const { documentEventOccured } = documentEventListener
const METHODS: ReadonlyMap<number, Method> = new Map<number, Method>(
  Object.values(documentEventListener).map(method => [method.functionId, method]),
)

/**
 * Changes a text before its layout, so that it need not be laid out twice: when the text is loaded, because LibreOffice
 * may lay its first page out before its view is known; if that failed, or was not told, before the layout of its view.
 */
export type BeforeLayout = (text: RemoteObject, session: UnoSession) => Promise<void>

/** Receives the events of one load. */
export function layoutListener(before?: BeforeLayout): ExportedObject {
  const done = new Set<string>()
  const changeOnce = async (text: InterfaceReference, step: BeforeLayout, waiting: Caller) => {
    if (done.has(text.objectId)) return
    await changed(text, step, waiting)
    done.add(text.objectId)
  }
  return {
    interfaceName: DOCUMENT_EVENT_LISTENER,
    methods: METHODS,
    beforeReply: (functionId, [event], waiting) => {
      if (functionId !== documentEventOccured.functionId) return undefined
      const { EventName, Source, ViewController } = event as UnoStruct
      const change =
        before && Source ? () => changeOnce(Source as InterfaceReference, before, waiting) : undefined
      if (EventName === 'OnLoadFinished') return change?.().catch(ignoreUnoError)
      if (EventName !== 'OnViewCreated' || !ViewController) return undefined
      const lay = () => layOut(ViewController as InterfaceReference, waiting)
      return change ? change().then(lay) : lay()
    },
  }
}

export interface LayoutOptions {
  bridge: Bridge
  events: RemoteObject
  before?: BeforeLayout | undefined
  signal?: AbortSignal | undefined
}

/**
 * Lays a text that `load` opens out as a whole as soon as it has a view, on the thread that loads it. Otherwise
 * LibreOffice's main thread takes its lock before the load is over and lays the text out piece by piece; page breaks
 * then differ, and a page may stay nearly empty. `events` is LibreOffice's GlobalEventBroadcaster.
 */
export async function withWholeLayout<T>(
  { bridge, events, before, signal }: LayoutOptions,
  load: () => Promise<T>,
): Promise<T> {
  const listener = bridge.exportObject(layoutListener(before))
  try {
    await events.call(addDocumentEventListener, [listener], signal)
    return await load()
  } finally {
    bridge.unexport(listener)
    // A LibreOffice that is still loading would not answer.
    if (!signal?.aborted) await events.call(removeDocumentEventListener, [listener], signal)
  }
}

/** Other documents are loaded as parts of a text, and lack what it has. */
function ignoreUnoError(error: unknown): void {
  if (!(error instanceof UnoError)) throw error
}

/** The event owns the text, so it must not be released here. */
async function changed(
  { objectId }: InterfaceReference,
  before: BeforeLayout,
  waiting: Caller,
): Promise<void> {
  const type = { typeClass: TypeClass.INTERFACE, name: createInstance.interfaceName }
  const reference = referenceIn(await waiting.call({ ...queryInterface, objectId }, [type]))
  if (!reference) return
  const text = new RemoteObject(waiting, reference)
  await before(text, { bridge: waiting, signal: undefined }).finally(() => text.release())
}

/** To count its pages, a view lays out all of them. */
async function layOut({ objectId }: InterfaceReference, waiting: Caller): Promise<void> {
  const type = { typeClass: TypeClass.INTERFACE, name: getPropertyValue.interfaceName }
  const reference = referenceIn(await waiting.call({ ...queryInterface, objectId }, [type]))
  if (!reference) return
  const view = new RemoteObject(waiting, reference)
  try {
    await view.call(getPropertyValue, ['PageCount'])
  } catch (error) {
    // Only texts have such a property.
    ignoreUnoError(error)
  } finally {
    view.release()
  }
}
