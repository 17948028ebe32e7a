import { EXCEPTION, LONG_HEADER, MORE_FLAGS, NAMES_ITSELF, NEW_THREAD_ID } from './message-flags.ts'
import { RELEASE } from './methods.ts'
import { knownType, TypeClass, type UnoType } from './types.ts'
import type { UnoValue } from './values.ts'
import { WireWriter } from './wire-writer.ts'
import { writeObjectId, writeThreadId, writeType, writeValue } from './write-value.ts'

export interface Target {
  readonly objectId: string
  readonly interfaceName: string
  readonly functionId: number
}

/** A call of a method. */
export function requestMessage(
  target: Target,
  threadId: string,
  values: readonly (readonly [UnoType, UnoValue])[],
): Buffer {
  const wire = new WireWriter()
  wire.u8(NAMES_ITSELF)
  wire.u8(target.functionId)
  writeTarget(wire, target, threadId)
  for (const [type, value] of values) writeValue(wire, type, value)
  return wire.written()
}

/** Releases one reference. There is no reply: the second flag byte lacks "must reply". */
export function releaseMessage(objectId: string, interfaceName: string, threadId: string): Buffer {
  const wire = new WireWriter()
  wire.u8(NAMES_ITSELF | MORE_FLAGS)
  wire.u8(0)
  wire.u8(RELEASE)
  writeTarget(wire, { objectId, interfaceName, functionId: RELEASE }, threadId)
  return wire.written()
}

/** The answer to a call. */
export function replyMessage(threadId: string, type: UnoType, value: UnoValue): Buffer {
  const wire = new WireWriter()
  wire.u8(LONG_HEADER | NEW_THREAD_ID)
  writeThreadId(wire, threadId)
  writeValue(wire, type, value)
  return wire.written()
}

/** The answer to a call that failed. */
export function exceptionMessage(threadId: string, message: string): Buffer {
  const type = knownType('com.sun.star.uno.RuntimeException')
  const wire = new WireWriter()
  wire.u8(LONG_HEADER | EXCEPTION | NEW_THREAD_ID)
  writeThreadId(wire, threadId)
  writeType(wire, type)
  writeValue(wire, type, { Message: message, Context: null })
  return wire.written()
}

function writeTarget(wire: WireWriter, target: Target, threadId: string): void {
  writeType(wire, { typeClass: TypeClass.INTERFACE, name: target.interfaceName })
  writeObjectId(wire, target.objectId)
  writeThreadId(wire, threadId)
}
