import { COMPOUNDS } from './compounds.ts'
import { knownType, SIMPLE_TYPES, TypeClass, type UnoType } from './types.ts'
import { type InterfaceReference, type UnoAny, type UnoStruct, type UnoValue, VOID } from './values.ts'
import type { WireWriter } from './wire-writer.ts'

// Names are never cached: our messages are small, and without a cache of our own no state can get out of sync.
const NOT_CACHED = 0xffff
const NEW_NAME = 0x80

/** Writes a type by its class, and by its name where it has one. */
export function writeType(wire: WireWriter, type: UnoType): void {
  const simple = SIMPLE_TYPES[type.typeClass] !== undefined
  wire.u8(simple ? type.typeClass : type.typeClass | NEW_NAME)
  if (simple) return
  wire.u16(NOT_CACHED)
  wire.string(type.name)
}

/** Writes the id of an object. */
export function writeObjectId(wire: WireWriter, id: string): void {
  wire.string(id)
  wire.u16(NOT_CACHED)
}

/** Writes the id of a thread. */
export function writeThreadId(wire: WireWriter, id: string): void {
  wire.bytes(Buffer.from(id, 'latin1'))
  wire.u16(NOT_CACHED)
}

/**
 * @throws TypeError, RangeError when the value does not match the type, which is a bug here, detected before anything
 * is sent
 */
export function writeValue(wire: WireWriter, type: UnoType, value: UnoValue): void {
  WRITERS[type.typeClass](wire, value, type)
}

const WRITERS: Record<TypeClass, (wire: WireWriter, value: UnoValue, type: UnoType) => void> = {
  [TypeClass.VOID]: () => {},
  [TypeClass.CHAR]: (wire, value) => wire.u16(value as number),
  [TypeClass.BOOLEAN]: (wire, value) => wire.u8(value ? 1 : 0),
  [TypeClass.BYTE]: (wire, value) => wire.i8(value as number),
  [TypeClass.SHORT]: (wire, value) => wire.i16(value as number),
  [TypeClass.UNSIGNED_SHORT]: (wire, value) => wire.u16(value as number),
  [TypeClass.LONG]: (wire, value) => wire.i32(value as number),
  [TypeClass.UNSIGNED_LONG]: (wire, value) => wire.u32(value as number),
  [TypeClass.HYPER]: (wire, value) => wire.i64(value as bigint),
  [TypeClass.UNSIGNED_HYPER]: (wire, value) => wire.u64(value as bigint),
  [TypeClass.FLOAT]: (wire, value) => wire.f32(value as number),
  [TypeClass.DOUBLE]: (wire, value) => wire.f64(value as number),
  [TypeClass.STRING]: (wire, value) => wire.string(value as string),
  [TypeClass.TYPE]: (wire, value) => writeType(wire, value as UnoType),
  [TypeClass.ANY]: (wire, value) => writeAny(wire, (value ?? VOID) as UnoAny),
  [TypeClass.ENUM]: (wire, value) => wire.i32(value as number),
  [TypeClass.STRUCT]: writeCompound,
  [TypeClass.EXCEPTION]: writeCompound,
  [TypeClass.SEQUENCE]: writeSequence,
  [TypeClass.INTERFACE]: (wire, value) =>
    writeObjectId(wire, (value as InterfaceReference | null)?.objectId ?? ''),
}

function writeAny(wire: WireWriter, { type: name, value }: UnoAny): void {
  const type = knownType(name)
  writeType(wire, type)
  writeValue(wire, type, value)
}

function writeCompound(wire: WireWriter, value: UnoValue, type: UnoType): void {
  const members = COMPOUNDS.get(type.name)
  if (!members) throw new TypeError(`members unknown: ${type.name}`)
  const struct = value as UnoStruct
  for (const [name, memberType] of members) writeValue(wire, knownType(memberType), struct[name])
}

function writeSequence(wire: WireWriter, value: UnoValue, type: UnoType): void {
  if (value instanceof Uint8Array) {
    wire.bytes(value)
    return
  }
  const items = value as readonly UnoValue[]
  const item = knownType(type.name.slice('[]'.length))
  wire.length(items.length)
  for (const each of items) writeValue(wire, item, each)
}
