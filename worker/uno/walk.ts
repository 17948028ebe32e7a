import type { Bridge } from './bridge.ts'
import { getPropertyValue, setPropertyValue } from './methods.ts'
import { RemoteObject } from './remote-object.ts'
import type { InterfaceReference, UnoAny, UnoValue } from './values.ts'

/** A way from object to object of one document. */
export interface Walk {
  readonly bridge: Bridge
  readonly signal: AbortSignal | undefined
}

/** One step to another object, given back afterwards; null leads nowhere. */
export async function on<T>(
  { bridge }: Walk,
  reference: InterfaceReference | null,
  step: (object: RemoteObject) => Promise<T | null>,
): Promise<T | null> {
  if (!reference) return null
  const object = new RemoteObject(bridge, reference)
  try {
    return await step(object)
  } finally {
    object.release()
  }
}

/** @throws UnoError where the object has no such property */
export async function property(object: RemoteObject, name: string, { signal }: Walk): Promise<UnoValue> {
  return (await object.call(getPropertyValue, [name], signal)).value
}

/** @throws UnoError where the object has no such property, or does not take the value */
export async function setProperties(
  object: RemoteObject,
  values: Readonly<Record<string, UnoAny>>,
  { signal }: Walk,
): Promise<void> {
  for (const [name, value] of Object.entries(values))
    await object.call(setPropertyValue, [name, value], signal)
}
