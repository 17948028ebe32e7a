import { COMPOUNDS, ENUMS } from './compounds.ts'

/** The numbers of the type classes on the wire. */
export const TypeClass = {
  VOID: 0,
  CHAR: 1,
  BOOLEAN: 2,
  BYTE: 3,
  SHORT: 4,
  UNSIGNED_SHORT: 5,
  LONG: 6,
  UNSIGNED_LONG: 7,
  HYPER: 8,
  UNSIGNED_HYPER: 9,
  FLOAT: 10,
  DOUBLE: 11,
  STRING: 12,
  TYPE: 13,
  ANY: 14,
  ENUM: 15,
  STRUCT: 17,
  EXCEPTION: 19,
  SEQUENCE: 20,
  INTERFACE: 22,
} as const
export type TypeClass = (typeof TypeClass)[keyof typeof TypeClass]

/** A UNO type. The class comes first on the wire; the name alone does not always determine it. */
export interface UnoType {
  readonly typeClass: TypeClass
  readonly name: string
}

const SIMPLE_NAMES = [
  ...['void', 'char', 'boolean', 'byte', 'short', 'unsigned short', 'long', 'unsigned long'],
  ...['hyper', 'unsigned hyper', 'float', 'double', 'string', 'type', 'any'],
]
/** The types that have no name on the wire, by their class. */
export const SIMPLE_TYPES: readonly UnoType[] = SIMPLE_NAMES.map((name, index) => ({
  typeClass: index as TypeClass,
  name,
}))
const SIMPLE_BY_NAME = new Map(SIMPLE_TYPES.map(type => [type.name, type]))

const NAMED_CLASSES: ReadonlySet<number> = new Set([
  ...[TypeClass.ENUM, TypeClass.STRUCT, TypeClass.EXCEPTION, TypeClass.SEQUENCE, TypeClass.INTERFACE],
])
/** Whether types of this class have a name on the wire. */
export function isNamedClass(value: number): value is TypeClass {
  return NAMED_CLASSES.has(value)
}

/** The type of this name; undefined when this client does not know its class. */
export function typeNamed(name: string): UnoType | undefined {
  const simple = SIMPLE_BY_NAME.get(name)
  if (simple) return simple
  const typeClass = classOfName(name)
  return typeClass === undefined ? undefined : { typeClass, name }
}

/** The type of a name in our own tables. @throws TypeError for a missing name, which is a bug here */
export function knownType(name: string): UnoType {
  const type = typeNamed(name)
  if (!type) throw new TypeError(`not a UNO type that this client knows: ${name}`)
  return type
}

function classOfName(name: string): TypeClass | undefined {
  if (name.startsWith('[]')) return TypeClass.SEQUENCE
  if (ENUMS.has(name)) return TypeClass.ENUM
  if (name.endsWith('Exception')) return TypeClass.EXCEPTION
  if (COMPOUNDS.has(name)) return TypeClass.STRUCT
  // By UNO's naming rule the last part of an interface's name begins with X and another capital.
  return /\.X[A-Z]\w*$/.test(name) ? TypeClass.INTERFACE : undefined
}
