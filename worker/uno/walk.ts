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

/** A way from object to object of one document. */
export interface Walk {
  readonly bridge: Caller
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

/** A step to each object of a list, one after the other; null is an empty list. */
export async function onEach(
  walk: Walk,
  reference: InterfaceReference | null,
  step: (object: RemoteObject, index: number) => Promise<null>,
): Promise<void> {
  await on(walk, reference, async list => {
    const count = await list.call(getCount, [], walk.signal)
    for (let index = 0; index < count; index++)
      await on(walk, referenceIn(await list.call(getByIndex, [index], walk.signal)), object =>
        step(object, index),
      )
    return null
  })
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

/** The values of many properties in one call, for objects that offer it; those that the object lacks come as void. */
export function propertiesAtOnce(
  object: RemoteObject,
  names: readonly string[],
  { signal }: Walk,
): Promise<readonly UnoAny[]> {
  return object.call(getPropertyValues, [names], signal)
}

/** The same for writing, in the order given. */
export function setAtOnce(
  object: RemoteObject,
  values: Readonly<Record<string, UnoAny>>,
  { signal }: Walk,
): Promise<void> {
  return object.call(setPropertyValues, [Object.keys(values), Object.values(values)], signal)
}
