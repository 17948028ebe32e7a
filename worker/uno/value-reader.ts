import { COMPOUNDS, type CompoundMember, EXCEPTION_MEMBERS } from './compounds.ts'
import { PROTOCOL_LIMITS } from './protocol-limits.ts'
import type { NameReader } from './read-names.ts'
import { knownType, TypeClass, typeNamed, type UnoType } from './types.ts'
import { beyond, malformed } from './uno-errors.ts'
import type { InterfaceReference, UnoAny, UnoStruct, UnoValue } from './values.ts'
import type { WireReader } from './wire-reader.ts'

/** Reads the values of one message, by type. */
export class ValueReader {
  readonly wire: WireReader
  readonly names: NameReader
  /** Every reference in these values. The peer counts it as ours, so it must be released. */
  readonly references: InterfaceReference[] = []
  #depth = 0
  #values = 0

  constructor(wire: WireReader, names: NameReader) {
    this.wire = wire
    this.names = names
  }

  read(type: UnoType): UnoValue {
    if (++this.#values > PROTOCOL_LIMITS.valuesPerMessage)
      throw beyond('values of a message', PROTOCOL_LIMITS.valuesPerMessage)
    if (++this.#depth > PROTOCOL_LIMITS.nestingDepth)
      throw beyond('levels of a value', PROTOCOL_LIMITS.nestingDepth)
    const value = READERS[type.typeClass](this, type)
    this.#depth -= 1
    return value
  }

  /**
   * The exception of a reply. For an unknown kind only the common beginning of all exceptions is read; the rest has no
   * length on the wire, so this works only at the end of a block, where LibreOffice puts it.
   */
  exception(): { type: string; message: string } {
    const type = this.names.type(this.wire)
    if (type.typeClass !== TypeClass.EXCEPTION) throw malformed(`${type.name} as an exception`)
    const known = COMPOUNDS.get(type.name)
    const { Message } = this.members(known ?? EXCEPTION_MEMBERS)
    if (!known) this.wire.skipRest()
    return { type: type.name, message: String(Message) }
  }

  members(members: readonly CompoundMember[]): UnoStruct {
    return Object.fromEntries(members.map(([name, type]) => [name, this.read(knownType(type))]))
  }
}

const READERS: Record<TypeClass, (reader: ValueReader, type: UnoType) => UnoValue> = {
  [TypeClass.VOID]: () => undefined,
  [TypeClass.CHAR]: ({ wire }) => wire.u16(),
  [TypeClass.BOOLEAN]: ({ wire }) => wire.boolean(),
  [TypeClass.BYTE]: ({ wire }) => wire.i8(),
  [TypeClass.SHORT]: ({ wire }) => wire.i16(),
  [TypeClass.UNSIGNED_SHORT]: ({ wire }) => wire.u16(),
  [TypeClass.LONG]: ({ wire }) => wire.i32(),
  [TypeClass.UNSIGNED_LONG]: ({ wire }) => wire.u32(),
  [TypeClass.HYPER]: ({ wire }) => wire.i64(),
  [TypeClass.UNSIGNED_HYPER]: ({ wire }) => wire.u64(),
  [TypeClass.FLOAT]: ({ wire }) => wire.f32(),
  [TypeClass.DOUBLE]: ({ wire }) => wire.f64(),
  [TypeClass.STRING]: ({ wire }) => wire.string('string', PROTOCOL_LIMITS.stringBytes),
  [TypeClass.TYPE]: ({ names, wire }) => names.type(wire),
  [TypeClass.ANY]: readAny,
  [TypeClass.ENUM]: ({ wire }) => wire.i32(),
  [TypeClass.STRUCT]: readCompound,
  [TypeClass.EXCEPTION]: readCompound,
  [TypeClass.SEQUENCE]: readSequence,
  [TypeClass.INTERFACE]: readReference,
}

function readAny(reader: ValueReader): UnoAny {
  const type = reader.names.type(reader.wire)
  if (type.typeClass === TypeClass.ANY) throw malformed('an any in an any')
  return { type: type.name, value: reader.read(type) }
}

function readCompound(reader: ValueReader, type: UnoType): UnoStruct {
  const members = COMPOUNDS.get(type.name)
  if (!members) throw malformed(`${type.name}, whose members are not known`)
  return reader.members(members)
}

function readSequence(reader: ValueReader, type: UnoType): UnoValue {
  const item = typeNamed(type.name.slice('[]'.length))
  if (!item || item.typeClass === TypeClass.VOID) throw malformed(`a sequence of unknown items: ${type.name}`)
  if (item.typeClass === TypeClass.BYTE) {
    return reader.wire.bytes(reader.wire.length('bytes of a sequence', PROTOCOL_LIMITS.blockBytes))
  }
  const count = reader.wire.length('items of a sequence', PROTOCOL_LIMITS.sequenceItems)
  // No item is shorter than a byte, so a false count ends here before anything is allocated for it.
  if (count > reader.wire.remaining) throw malformed('a sequence goes past the end of its block')
  return Array.from({ length: count }, () => reader.read(item))
}

function readReference(reader: ValueReader, type: UnoType): InterfaceReference | null {
  const objectId = reader.names.objectId(reader.wire)
  if (objectId === '') return null
  const reference = { objectId, interfaceName: type.name }
  reader.references.push(reference)
  return reference
}
