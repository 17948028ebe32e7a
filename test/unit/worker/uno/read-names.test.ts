import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PROTOCOL_LIMITS } from '#worker/uno/protocol-limits.ts'
import { NameReader } from '#worker/uno/read-names.ts'
import { TypeClass } from '#worker/uno/types.ts'
import { ProtocolError } from '#worker/uno/uno-errors.ts'
import { WireReader } from '#worker/uno/wire-reader.ts'
import { WireWriter } from '#worker/uno/wire-writer.ts'

const DESKTOP = 'com.sun.star.frame.XDesktop'
const refused = (kind: string) => (error: unknown) => error instanceof ProtocolError && error.kind === kind

function wire(write: (writer: WireWriter) => void): WireReader {
  const writer = new WireWriter()
  write(writer)
  return new WireReader(writer.written())
}

function named(typeClass: number, slot: number, name?: string): WireReader {
  return wire(writer => {
    writer.u8(name === undefined ? typeClass : typeClass | 0x80)
    writer.u16(slot)
    if (name !== undefined) writer.string(name)
  })
}

test('a name that was sent once is known by its number from then on', () => {
  const names = new NameReader()
  const type = names.type(named(TypeClass.INTERFACE, 7, DESKTOP))
  assert.deepEqual(type, { typeClass: TypeClass.INTERFACE, name: DESKTOP })
  assert.equal(names.type(named(TypeClass.INTERFACE, 7)), type)

  const object = wire(writer => [writer.string('oid'), writer.u16(255)])
  assert.equal(names.objectId(object), 'oid')
  assert.equal(names.objectId(wire(writer => [writer.string(''), writer.u16(255)])), 'oid')

  const thread = wire(writer => [writer.bytes(Buffer.from([0, 255])), writer.u16(0)])
  assert.equal(names.threadId(thread), '\0\u00ff')
  assert.equal(names.threadId(wire(writer => [writer.length(0), writer.u16(0)])), '\0\u00ff')
})

test('a name that is not to be kept is not kept', () => {
  const names = new NameReader()
  names.type(named(TypeClass.INTERFACE, 0xffff, DESKTOP))
  assert.throws(() => names.type(named(TypeClass.INTERFACE, 0xffff)), refused('malformed'))
})

test('the empty object id without a number is the null reference', () => {
  assert.equal(new NameReader().objectId(wire(writer => [writer.string(''), writer.u16(0xffff)])), '')
})

test('numbers outside the cache or never filled are refused', () => {
  const names = new NameReader()
  const { cacheSlots } = PROTOCOL_LIMITS
  assert.throws(() => names.type(named(TypeClass.INTERFACE, cacheSlots, DESKTOP)), refused('malformed'))
  assert.throws(() => names.type(named(TypeClass.INTERFACE, 3)), refused('malformed'))
  assert.throws(
    () => names.objectId(wire(writer => [writer.string(''), writer.u16(3)])),
    refused('malformed'),
  )
  assert.throws(() => names.threadId(wire(writer => [writer.length(0), writer.u16(3)])), refused('malformed'))
})

test('a type whose class does not fit its name is refused', () => {
  const names = new NameReader()
  const wrong: [number, string][] = [
    [TypeClass.STRUCT, 'long'],
    [TypeClass.INTERFACE, '[]long'],
    [TypeClass.SEQUENCE, 'com.sun.star.awt.Size'],
    [TypeClass.SEQUENCE, 'com.sun.star.nobody.Knows'],
    [TypeClass.ENUM, 'not a name!'],
    [TypeClass.ENUM, ''],
    [16, 'com.sun.star.uno.Typedef'],
    [TypeClass.LONG, 'long'],
  ]
  for (const [typeClass, name] of wrong) {
    assert.throws(() => names.type(named(typeClass, 0xffff, name)), refused('malformed'), name)
  }
})

test('a number that stood for another class is refused', () => {
  const names = new NameReader()
  names.type(named(TypeClass.INTERFACE, 1, DESKTOP))
  assert.throws(() => names.type(named(TypeClass.STRUCT, 1)), refused('malformed'))
})

test('names longer than the limits are refused', () => {
  const names = new NameReader()
  const long = `com.sun.star.${'x'.repeat(PROTOCOL_LIMITS.typeNameBytes)}`
  assert.throws(() => names.type(named(TypeClass.ENUM, 0xffff, long)), refused('limit'))
  const id = wire(writer => writer.string('x'.repeat(PROTOCOL_LIMITS.objectIdBytes + 1)))
  assert.throws(() => names.objectId(id), refused('limit'))
  const thread = wire(writer => writer.bytes(Buffer.alloc(PROTOCOL_LIMITS.threadIdBytes + 1)))
  assert.throws(() => names.threadId(thread), refused('limit'))
})
