import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PROTOCOL_LIMITS } from '#worker/uno/protocol-limits.ts'
import { NameReader } from '#worker/uno/read-names.ts'
import { knownType, TypeClass } from '#worker/uno/types.ts'
import { ProtocolError } from '#worker/uno/uno-errors.ts'
import { ValueReader } from '#worker/uno/value-reader.ts'
import { any, properties, type UnoAny, type UnoValue } from '#worker/uno/values.ts'
import { WireReader } from '#worker/uno/wire-reader.ts'
import { WireWriter } from '#worker/uno/wire-writer.ts'
import { writeType, writeValue } from '#worker/uno/write-value.ts'

const PROPERTIES = '[]com.sun.star.beans.PropertyValue'

function written(type: string, value: UnoValue): Buffer {
  const wire = new WireWriter()
  writeValue(wire, knownType(type), value)
  return wire.written()
}

function readerOf(bytes: Buffer): ValueReader {
  return new ValueReader(new WireReader(bytes), new NameReader())
}

const read = (type: string, bytes: Buffer) => readerOf(bytes).read(knownType(type))
const refused = (kind: string) => (error: unknown) => error instanceof ProtocolError && error.kind === kind

test('values of every type come back as they were written', () => {
  const cases: [string, UnoValue][] = [
    ['void', undefined],
    ['boolean', true],
    ['char', 65],
    ['byte', -1],
    ['short', -2],
    ['unsigned short', 65_535],
    ['long', -3],
    ['unsigned long', 4_000_000_000],
    ['hyper', -4n],
    ['unsigned hyper', 5n],
    ['float', 0.5],
    ['double', 0.1],
    ['string', 'Folie 1'],
    ['type', knownType('[][]long')],
    ['any', any('string', 'in an any')],
    ['com.sun.star.beans.PropertyState', 2],
    ['[]byte', Buffer.from([1, 2, 3])],
    ['[][]string', [['a'], [], ['b', 'c']]],
    ['com.sun.star.awt.Size', { Width: 21_000, Height: 29_700 }],
    [PROPERTIES, properties({ Hidden: any('boolean', true), FilterName: any('string', 'impress8') })],
    ['com.sun.star.uno.XInterface', null],
  ]
  for (const [type, value] of cases) assert.deepEqual(read(type, written(type, value)), value, type)
})

test('references are collected, because somebody has to give them back', () => {
  const reference = { objectId: 'abc', interfaceName: 'com.sun.star.lang.XComponent' }
  const nested: UnoAny = { type: reference.interfaceName, value: reference }
  const reader = readerOf(written('[]any', [nested, any('long', 1)]))
  reader.read(knownType('[]any'))
  assert.deepEqual(reader.references, [reference])
})

test('properties that are undefined are left out', () => {
  assert.deepEqual(properties({ Password: undefined }), [])
})

test('a value deeper than the limit is refused', () => {
  const wire = new WireWriter()
  const type = { typeClass: TypeClass.SEQUENCE, name: '[]any' }
  for (let depth = 0; depth < 50; depth++) {
    writeType(wire, type)
    wire.length(1)
  }
  assert.throws(() => read('any', wire.written()), refused('limit'))
})

test('more values than the limit in one message are refused', () => {
  const items = Array.from({ length: PROTOCOL_LIMITS.sequenceItems }, () => 'x')
  const lists = [items, items, items]
  assert.throws(() => read('[][]string', written('[][]string', lists)), refused('limit'))
})

test('a sequence that announces more than follows is refused before anything is made for it', () => {
  const wire = new WireWriter()
  wire.length(PROTOCOL_LIMITS.sequenceItems)
  assert.throws(() => read('[]string', wire.written()), refused('malformed'))
  wire.length(PROTOCOL_LIMITS.sequenceItems + 1)
  const tooMany = wire.written().subarray(5)
  assert.throws(() => read('[]string', tooMany), refused('limit'))
})

test('an any in an any, a sequence of nothing and a struct that nobody knows are refused', () => {
  const anyInAny = Buffer.from([TypeClass.ANY, TypeClass.ANY, TypeClass.VOID])
  assert.throws(() => read('any', anyInAny), refused('malformed'))
  for (const [typeClass, name] of [
    [TypeClass.SEQUENCE, '[]void'],
    [TypeClass.SEQUENCE, '[]com.sun.star.awt.Rectangle'],
    [TypeClass.STRUCT, 'com.sun.star.awt.Rectangle'],
  ] as const) {
    const wire = new WireWriter()
    writeType(wire, { typeClass, name })
    wire.length(0)
    assert.throws(() => read('any', wire.written()), refused('malformed'), name)
  }
})

test('an exception of an unknown kind still tells what it says', () => {
  const wire = new WireWriter()
  const name = 'com.sun.star.document.SomethingNewException'
  writeType(wire, { typeClass: TypeClass.EXCEPTION, name })
  wire.string('it broke')
  wire.string('')
  wire.u16(0xffff)
  wire.f64(1)
  const reader = readerOf(wire.written())
  assert.deepEqual(reader.exception(), { type: name, message: 'it broke' })
  assert.equal(reader.wire.remaining, 0)
})

test('an exception that is none is refused', () => {
  assert.throws(() => readerOf(Buffer.from([TypeClass.LONG])).exception(), refused('malformed'))
})
