import type { Caller } from './caller.ts'
import {
  getByIndex,
  getCount,
  getPropertyValue,
  getPropertyValues,
  setPropertyValue,
  setPropertyValues,
} from './methods.ts'
import { RemoteObject, referenceIn } from './remote-object.ts'
import type { InterfaceReference, UnoAny, UnoValue } from './values.ts'

/** The bridge to one document and the signal that ends calls on it. */
export interface UnoSession {
  readonly bridge: Caller
  readonly signal: AbortSignal | undefined
}

/** Calls `step` with another object and releases it afterwards; for null it does nothing. */
export async function withObject<T>(
  { bridge }: UnoSession,
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

/** Calls `step` with each object of a list, in order; null is an empty list. */
export async function withEach(
  session: UnoSession,
  reference: InterfaceReference | null,
  step: (object: RemoteObject, index: number) => Promise<null>,
): Promise<void> {
  await withObject(session, reference, async list => {
    const count = await list.call(getCount, [], session.signal)
    for (let index = 0; index < count; index++)
      await withObject(session, referenceIn(await list.call(getByIndex, [index], session.signal)), object =>
        step(object, index),
      )
    return null
  })
}

/** @throws UnoError where the object has no such property */
export async function getProperty(
  object: RemoteObject,
  name: string,
  { signal }: UnoSession,
): Promise<UnoValue> {
  return (await object.call(getPropertyValue, [name], signal)).value
}

/** @throws UnoError where the object has no such property, or refuses the value */
export async function setProperties(
  object: RemoteObject,
  values: Readonly<Record<string, UnoAny>>,
  { signal }: UnoSession,
): Promise<void> {
  for (const [name, value] of Object.entries(values))
    await object.call(setPropertyValue, [name, value], signal)
}

/** The values of several properties in one call, for objects that support it; missing properties are void. */
export function getPropertiesAtOnce(
  object: RemoteObject,
  names: readonly string[],
  { signal }: UnoSession,
): Promise<readonly UnoAny[]> {
  return object.call(getPropertyValues, [names], signal)
}

/** The same for writing, in the given order. */
export function setPropertiesAtOnce(
  object: RemoteObject,
  values: Readonly<Record<string, UnoAny>>,
  { signal }: UnoSession,
): Promise<void> {
  return object.call(setPropertyValues, [Object.keys(values), Object.values(values)], signal)
}
