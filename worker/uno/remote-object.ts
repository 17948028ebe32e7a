import type { Caller } from './caller.ts'
import { type ArgumentsOf, type Method, queryInterface, type ReturnOf, XINTERFACE } from './methods.ts'
import { TypeClass } from './types.ts'
import { UnoError } from './uno-errors.ts'
import type { InterfaceReference, UnoAny } from './values.ts'

/**
 * An object in LibreOffice. It accepts calls to an interface only after a query for that interface, so each is queried
 * once, when it is first needed. Call `release` at the end: an unreleased object stays in the engine's memory as long
 * as the engine lives.
 */
export class RemoteObject {
  readonly #caller: Caller
  readonly #objectId: string
  readonly #held = new Map<string, Promise<InterfaceReference | null>>()
  #released = false

  /** Takes ownership of one reference. */
  constructor(caller: Caller, reference: InterfaceReference) {
    this.#caller = caller
    this.#objectId = reference.objectId
    this.#held.set(reference.interfaceName, Promise.resolve(reference))
  }

  /** Whether the object has this interface. @throws ProtocolError */
  async has(interfaceName: string, signal?: AbortSignal): Promise<boolean> {
    return (await this.#interface(interfaceName, signal)) !== null
  }

  /** @throws UnoError also when the object lacks the interface; ProtocolError; the signal's reason */
  async call<M extends Method>(
    method: M,
    values: ArgumentsOf<M>,
    signal?: AbortSignal,
  ): Promise<ReturnOf<M>> {
    const reference = await this.#interface(method.interfaceName, signal)
    if (!reference) throw new UnoError('com.sun.star.lang.NoSupportException', `no ${method.interfaceName}`)
    return this.#caller.call({ ...method, objectId: reference.objectId }, values, signal)
  }

  /** Its own reference, to pass as an argument. */
  async reference(interfaceName: string): Promise<InterfaceReference | null> {
    return this.#interface(interfaceName)
  }

  /** Releases all interfaces, including those that are still being queried. */
  release(): void {
    this.#released = true
    const held = [...this.#held.values()].map(asked => asked.catch(() => null))
    this.#held.clear()
    void Promise.all(held).then(references =>
      this.#caller.release(references.filter(reference => reference !== null)),
    )
  }

  #interface(name: string, signal?: AbortSignal): Promise<InterfaceReference | null> {
    if (this.#released) {
      return Promise.reject(new UnoError('com.sun.star.lang.DisposedException', 'released already'))
    }
    const held = this.#held.get(name)
    if (held !== undefined) return held
    const asked = this.#query(name, signal)
    this.#held.set(name, asked)
    // A failed query may be repeated.
    asked.catch(() => this.#held.delete(name))
    return asked
  }

  async #query(name: string, signal?: AbortSignal): Promise<InterfaceReference | null> {
    const type = { typeClass: TypeClass.INTERFACE, name }
    const answer = await this.#caller.call({ ...queryInterface, objectId: this.#objectId }, [type], signal)
    return referenceIn(answer)
  }
}

/** The object that the process exports under a name, such as `StarOffice.ComponentContext`. */
export async function initialObject(
  caller: Caller,
  name: string,
  signal?: AbortSignal,
): Promise<RemoteObject> {
  const type = { typeClass: TypeClass.INTERFACE, name: XINTERFACE }
  const reference = referenceIn(await caller.call({ ...queryInterface, objectId: name }, [type], signal))
  if (!reference) throw new UnoError('com.sun.star.container.NoSuchElementException', name)
  return new RemoteObject(caller, reference)
}

/** The object in a value; null when there is none. */
export function referenceIn({ value }: UnoAny): InterfaceReference | null {
  return isReference(value) ? value : null
}

function isReference(value: unknown): value is InterfaceReference {
  return typeof value === 'object' && value !== null && 'objectId' in value && 'interfaceName' in value
}
