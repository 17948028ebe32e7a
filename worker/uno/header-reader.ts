import {
  EXCEPTION,
  FUNCTION_ID_14,
  FUNCTION_ID_16,
  LONG_HEADER,
  MORE_FLAGS,
  MUST_REPLY,
  NEW_OBJECT_ID,
  NEW_THREAD_ID,
  NEW_TYPE,
  REQUEST,
  SYNCHRONOUS,
} from './message-flags.ts'
import type { NameReader } from './read-names.ts'
import { TypeClass, type UnoType } from './types.ts'
import { malformed } from './uno-errors.ts'
import type { WireReader } from './wire-reader.ts'

/** The header of an incoming message; its values follow in the block, and their types depend on the target. */
export type MessageHeader = ReplyHeader | RequestHeader
interface ReplyHeader {
  readonly kind: 'reply'
  readonly threadId: string
  readonly exception: boolean
}
export interface RequestHeader {
  readonly kind: 'request'
  readonly functionId: number
  readonly interfaceName: string
  readonly objectId: string
  readonly threadId: string
}

/**
 * Reads message headers. A header omits what equals the previous one, so one reader lives as long as the connection.
 */
export class HeaderReader {
  readonly #names: NameReader
  #type: UnoType | undefined
  #objectId: string | undefined
  #threadId: string | undefined

  constructor(names: NameReader) {
    this.#names = names
  }

  read(wire: WireReader): MessageHeader {
    const flags = wire.u8()
    if (flags & LONG_HEADER && !(flags & REQUEST)) {
      return { kind: 'reply', threadId: this.#thread(wire, flags), exception: (flags & EXCEPTION) !== 0 }
    }
    const long = (flags & LONG_HEADER) !== 0
    const functionId = long ? longFunctionId(wire, flags) : shortFunctionId(wire, flags)
    const { interfaceName, objectId } = this.#target(wire, long ? flags : 0)
    return {
      kind: 'request',
      functionId,
      interfaceName,
      objectId,
      threadId: this.#thread(wire, long ? flags : 0),
    }
  }

  #target(wire: WireReader, flags: number): { interfaceName: string; objectId: string } {
    if (flags & NEW_TYPE) this.#type = this.#names.type(wire)
    if (flags & NEW_OBJECT_ID) this.#objectId = this.#names.objectId(wire)
    if (this.#type?.typeClass !== TypeClass.INTERFACE) throw malformed('a request to no interface')
    if (!this.#objectId) throw malformed('a request to no object')
    return { interfaceName: this.#type.name, objectId: this.#objectId }
  }

  #thread(wire: WireReader, flags: number): string {
    if (flags & NEW_THREAD_ID) this.#threadId = this.#names.threadId(wire)
    if (this.#threadId === undefined) throw malformed('a message of no thread')
    return this.#threadId
  }
}

function longFunctionId(wire: WireReader, flags: number): number {
  if (flags & MORE_FLAGS) {
    const more = wire.u8()
    const mustReply = (more & MUST_REPLY) !== 0
    if (mustReply !== ((more & SYNCHRONOUS) !== 0)) throw malformed('a request of half a synchronicity')
  }
  return flags & FUNCTION_ID_16 ? wire.u16() : wire.u8()
}

function shortFunctionId(wire: WireReader, flags: number): number {
  return flags & FUNCTION_ID_14 ? ((flags & 0x3f) << 8) | wire.u8() : flags & 0x3f
}
