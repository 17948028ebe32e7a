import type { UnoType } from './types.ts'

/** An object on one of the two sides: the id that its side gave it, and the interface by which it is known. */
export interface InterfaceReference {
  readonly objectId: string
  readonly interfaceName: string
}

/** A value with its type. */
export interface UnoAny {
  readonly type: string
  readonly value: UnoValue
}

export interface UnoStruct {
  readonly [member: string]: UnoValue
}

export type UnoValue =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | UnoType
  | UnoAny
  | InterfaceReference
  | UnoStruct
  | readonly UnoValue[]

/** The TypeScript type of a UNO type, by its name: `ValueOf<'[]string'>` is `readonly string[]`. */
export type ValueOf<Name extends string> = Name extends keyof SimpleValues
  ? SimpleValues[Name]
  : Name extends `[]${infer Item}`
    ? readonly ValueOf<Item>[]
    : Name extends `${string}.X${string}`
      ? InterfaceReference | null
      : UnoStruct

interface SimpleValues {
  void: undefined
  boolean: boolean
  byte: number
  short: number
  'unsigned short': number
  long: number
  'unsigned long': number
  hyper: bigint
  'unsigned hyper': bigint
  float: number
  double: number
  string: string
  type: UnoType
  any: UnoAny
  '[]byte': Uint8Array
}

export const any = <Name extends string>(type: Name, value: ValueOf<Name>): UnoAny => ({ type, value })
export const VOID: UnoAny = { type: 'void', value: undefined }

const PROPERTIES = '[]com.sun.star.beans.PropertyValue'

/** UNO's named arguments, from a plain object. Undefined members are omitted. */
export function properties(values: Readonly<Record<string, UnoAny | undefined>>): readonly UnoStruct[] {
  return Object.entries(values).flatMap(([Name, Value]) =>
    Value === undefined ? [] : [{ Name, Handle: 0, Value, State: 0 }],
  )
}

/** The same inside a value, as filters expect their `FilterData`. */
export function propertiesAny(values: Readonly<Record<string, UnoAny | undefined>>): UnoAny {
  return any(PROPERTIES, properties(values))
}
