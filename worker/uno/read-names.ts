import { PROTOCOL_LIMITS } from './protocol-limits.ts'
import { isNamedClass, SIMPLE_TYPES, TypeClass, typeNamed, type UnoType } from './types.ts'
import { malformed } from './uno-errors.ts'
import type { WireReader } from './wire-reader.ts'

const NOT_CACHED = 0xffff
const NEW_NAME = 0x80
const TYPE_NAME = /^(\[\])*[A-Za-z][\w .<>,]*$/

/**
 * Reads types, object ids and thread ids, which repeat often. The peer sends each once with a number and then only the
 * number, so one reader lives as long as the connection.
 */
export class NameReader {
  readonly #types: UnoType[] = []
  readonly #objectIds: string[] = []
  readonly #threadIds: string[] = []

  type(wire: WireReader): UnoType {
    const flags = wire.u8()
    const typeClass = flags & ~NEW_NAME
    const simple = SIMPLE_TYPES[typeClass]
    if (simple) {
      if (flags & NEW_NAME) throw malformed('a simple type with a name')
      return simple
    }
    if (!isNamedClass(typeClass)) throw malformed(`a type of class ${typeClass}`)
    const slot = cacheSlot(wire)
    if (!(flags & NEW_NAME)) return sameClass(recalled(this.#types, slot), typeClass)
    const type = namedType(typeClass, wire.string('type name', PROTOCOL_LIMITS.typeNameBytes))
    return remember(this.#types, slot, type)
  }

  /** Empty for the null reference. */
  objectId(wire: WireReader): string {
    const id = wire.string('object id', PROTOCOL_LIMITS.objectIdBytes)
    const slot = cacheSlot(wire)
    if (id !== '') return remember(this.#objectIds, slot, id)
    return slot === NOT_CACHED ? '' : recalled(this.#objectIds, slot)
  }

  /** Any bytes, as a string of one character per byte, because it is used as a key. */
  threadId(wire: WireReader): string {
    const length = wire.length('thread id', PROTOCOL_LIMITS.threadIdBytes)
    const id = wire.bytes(length).toString('latin1')
    const slot = cacheSlot(wire)
    return id === '' ? recalled(this.#threadIds, slot) : remember(this.#threadIds, slot, id)
  }
}

function cacheSlot(wire: WireReader): number {
  const slot = wire.u16()
  if (slot >= PROTOCOL_LIMITS.cacheSlots && slot !== NOT_CACHED) throw malformed(`cache slot ${slot}`)
  return slot
}

function remember<T>(cache: T[], slot: number, value: T): T {
  if (slot !== NOT_CACHED) cache[slot] = value
  return value
}

function recalled<T>(cache: readonly T[], slot: number): T {
  const value = cache[slot]
  if (value === undefined) throw malformed(`nothing was sent for cache slot ${slot}`)
  return value
}

function sameClass(type: UnoType, typeClass: TypeClass): UnoType {
  if (type.typeClass !== typeClass) throw malformed(`${type.name} as type class ${typeClass}`)
  return type
}

/** A known name must have its known class; for others only the class is known. */
function namedType(typeClass: TypeClass, name: string): UnoType {
  if (!TYPE_NAME.test(name)) throw malformed('a type without a proper name')
  const known = typeNamed(name)
  if (known) return sameClass(known, typeClass)
  if (typeClass === TypeClass.SEQUENCE) throw malformed(`${name} as a sequence`)
  return { typeClass, name }
}
