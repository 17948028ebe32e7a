import type { Caller } from './caller.ts'
import { type ArgumentsOf, type Method, queryInterface, type ReturnOf, XINTERFACE } from './methods.ts'
import { TypeClass } from './types.ts'
import { UnoError } from './uno-errors.ts'
import type { InterfaceReference, UnoAny } from './values.ts'

/**
 * An object in LibreOffice. It answers to an interface only after it was asked for that very interface, so each is
 * asked for once, when it is first needed. Hold it until done, then `release`: what is not given back stays in the
 * engine's memory as long as the engine lives.
 */
export class RemoteObject {
  readonly #caller: Caller
  readonly #objectId: string
  readonly #held = new Map<string, Promise<InterfaceReference | null>>()
  #released = false

  /** Takes the one count of this reference over. */
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

  /** Gives all interfaces back, those too that are still on their way. */
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
    // A question that failed may be asked again.
    asked.catch(() => this.#held.delete(name))
    return asked
  }

  async #query(name: string, signal?: AbortSignal): Promise<InterfaceReference | null> {
    const type = { typeClass: TypeClass.INTERFACE, name }
    const answer = await this.#caller.call({ ...queryInterface, objectId: this.#objectId }, [type], signal)
    return referenceIn(answer)
  }
}

/** The object that the process offers under a name, such as `StarOffice.ComponentContext`. */
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

/** The object in a value, or null when there is none. */
export function referenceIn({ value }: UnoAny): InterfaceReference | null {
  return isReference(value) ? value : null
}

function isReference(value: unknown): value is InterfaceReference {
  return typeof value === 'object' && value !== null && 'objectId' in value && 'interfaceName' in value
}
