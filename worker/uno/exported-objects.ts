import type { Caller } from './caller.ts'
import type { RequestHeader } from './header-reader.ts'
import { type Method, QUERY_INTERFACE, queryInterface, RELEASE, XINTERFACE } from './methods.ts'
import { PROTOCOL_LIMITS } from './protocol-limits.ts'
import { knownType, type UnoType } from './types.ts'
import { beyond, malformed, ProtocolError } from './uno-errors.ts'
import type { ValueReader } from './value-reader.ts'
import { type InterfaceReference, type UnoValue, VOID } from './values.ts'

/** An object of ours that LibreOffice may call. Its methods return nothing, which is all that this client needs. */
export interface ExportedObject {
  readonly interfaceName: string
  /** By their numbers on the wire. */
  readonly methods: ReadonlyMap<number, Method>
  /**
   * Runs before the answer: `waiting` sends calls on the waiting thread. The references in `values` are valid until it
   * resolves.
   */
  beforeReply?(functionId: number, values: readonly UnoValue[], waiting: Caller): Promise<void> | undefined
  /** Runs after the answer. */
  invoke?(functionId: number, values: readonly UnoValue[]): void
}

/** The answer to a call, and what to do before and after sending it: the peer blocks until it has its answer. */
export type Reply =
  | {
      readonly type: UnoType
      readonly value: UnoValue
      /** Before it is sent. */
      readonly beforeReply?: Promise<void> | undefined
      readonly afterReply?: () => void
    }
  | { readonly exception: string }
  | undefined

/** The objects that we export, each from `exportObject` until `unexport`, and the calls to them. */
export class ExportedObjects {
  readonly #objects = new Map<string, ExportedObject>()
  readonly #interfaces = new Map<string, ExportedObject['methods']>()
  readonly #prefix: string
  #next = 0

  /**
   * `prefix` must differ from that of every other connection to the same process, because they share one space of ids.
   */
  constructor(prefix: string) {
    this.#prefix = prefix
  }

  get size(): number {
    return this.#objects.size
  }

  /** @throws ProtocolError when too many are exported */
  export(object: ExportedObject): InterfaceReference {
    if (this.#objects.size >= PROTOCOL_LIMITS.servedObjects)
      throw beyond('served objects', PROTOCOL_LIMITS.servedObjects)
    const objectId = `${this.#prefix};${this.#next++}`
    this.#objects.set(objectId, object)
    this.#interfaces.set(object.interfaceName, object.methods)
    return { objectId, interfaceName: object.interfaceName }
  }

  /** LibreOffice may keep its reference and call it later: such calls are answered and ignored. */
  unexport(reference: InterfaceReference): void {
    this.#objects.delete(reference.objectId)
  }

  /** True for the id of an object of ours, also after `unexport`. */
  owns(objectId: string): boolean {
    return objectId.startsWith(`${this.#prefix};`)
  }

  /**
   * Reads the values of a call and answers it. @throws ProtocolError for a call of an unknown method, and when the
   * object fails
   */
  answer(request: RequestHeader, values: ValueReader, waiting: Caller): Reply {
    if (!this.owns(request.objectId)) throw malformed('a call to an object that is not ours')
    const object = this.#objects.get(request.objectId)
    // We decide how long an object lives, so releases are ignored.
    if (request.functionId === RELEASE) return undefined
    if (request.functionId === QUERY_INTERFACE) return answerQuery(object, request, values)
    const method = this.#interfaces.get(request.interfaceName)?.get(request.functionId)
    if (!method) throw malformed(`function ${request.functionId} of ${request.interfaceName}`)
    const read = method.arguments.map(type => values.read(type))
    const first = carefully(() => object?.beforeReply?.(method.functionId, read, waiting))?.catch(cause => {
      throw failed(cause)
    })
    const carryOut = () => carefully(() => object?.invoke?.(method.functionId, read))
    return { type: method.returns, value: undefined, beforeReply: first, afterReply: carryOut }
  }
}

function answerQuery(object: ExportedObject | undefined, request: RequestHeader, values: ValueReader): Reply {
  const wanted = values.read(knownType('type')) as UnoType
  const found = object && (wanted.name === object.interfaceName || wanted.name === XINTERFACE)
  const reference = { objectId: request.objectId, interfaceName: wanted.name }
  return { type: queryInterface.returns, value: found ? { type: wanted.name, value: reference } : VOID }
}

/** LibreOffice does not handle exceptions here: a docx then silently loads as null, and half of a sheet is missing. */
function carefully<T>(run: () => T): T {
  try {
    return run()
  } catch (cause) {
    throw failed(cause)
  }
}

function failed(cause: unknown): ProtocolError {
  return new ProtocolError('closed', 'an object of ours failed', { cause })
}
