import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProtocolError, type ProtocolErrorKind } from '#worker/uno/uno-errors.ts'
import { WireReader } from '#worker/uno/wire-reader.ts'
import { WireWriter } from '#worker/uno/wire-writer.ts'

const refusal = (kind: ProtocolErrorKind) => (error: unknown) =>
  error instanceof ProtocolError && error.kind === kind

test('every primitive is read as it was written, at both ends of its range', () => {
  const writer = new WireWriter()
  const values: [number[], 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'f32' | 'f64'][] = [
    [[0, 255], 'u8'],
    [[-128, 127], 'i8'],
    [[0, 65_535], 'u16'],
    [[-32_768, 32_767], 'i16'],
    [[0, 4_294_967_295], 'u32'],
    [[-2_147_483_648, 2_147_483_647], 'i32'],
    [[-1.5, 0.25], 'f32'],
    [[Number.MIN_VALUE, Number.MAX_VALUE], 'f64'],
  ]
  for (const [numbers, name] of values) for (const value of numbers) writer[name](value)
  for (const value of [0n, 2n ** 64n - 1n]) writer.u64(value)
  for (const value of [-(2n ** 63n), 2n ** 63n - 1n]) writer.i64(value)

  const reader = new WireReader(writer.written())
  for (const [numbers, name] of values) for (const value of numbers) assert.equal(reader[name](), value)
  assert.deepEqual([reader.u64(), reader.u64()], [0n, 2n ** 64n - 1n])
  assert.deepEqual([reader.i64(), reader.i64()], [-(2n ** 63n), 2n ** 63n - 1n])
  assert.equal(reader.remaining, 0)
})

test('lengths take one byte below 255 and five from there on', () => {
  for (const [length, bytes] of [
    [0, 1],
    [254, 1],
    [255, 5],
    [70_000, 5],
  ] as const) {
    const writer = new WireWriter()
    writer.length(length)
    assert.equal(writer.written().length, bytes)
    assert.equal(new WireReader(writer.written()).length('length', 100_000), length)
  }
})

test('a text comes back whole, whatever its script', () => {
  const text = `Größe 漢字 𝔘 ${'x'.repeat(300)}`
  const writer = new WireWriter()
  writer.string(text)
  assert.equal(new WireReader(writer.written()).string('text', 1000), text)
})

test('reading past the end of a block is refused', () => {
  assert.throws(() => new WireReader(Buffer.alloc(3)).u32(), refusal('malformed'))
  assert.throws(() => new WireReader(Buffer.from([5, 65])).string('text', 100), refusal('malformed'))
  assert.throws(() => new WireReader(Buffer.alloc(0)).u8(), refusal('malformed'))
})

test('a length above its limit is refused, be it never so small a block', () => {
  const reader = new WireReader(Buffer.from([255, 255, 255, 255, 255]))
  assert.throws(() => reader.string('text', 1000), refusal('limit'))
})

test('bytes that are not UTF-8 and booleans that are neither are refused', () => {
  assert.throws(() => new WireReader(Buffer.from([1, 0xff])).string('text', 100), refusal('malformed'))
  assert.throws(() => new WireReader(Buffer.from([2])).boolean(), refusal('malformed'))
})

test('bytes are handed out as a copy', () => {
  const block = Buffer.from([1, 2, 3])
  const bytes = new WireReader(block).bytes(2)
  block.fill(9)
  assert.deepEqual(bytes, Buffer.from([1, 2]))
})

test('a message may grow far beyond the buffer it began with', () => {
  for (const offset of [0, 1, 2, 3]) {
    const writer = new WireWriter()
    for (let index = 0; index < offset; index++) writer.u8(0)
    for (let index = 0; index < 1000; index++) writer.i32(index)
    const reader = new WireReader(writer.written())
    reader.bytes(offset)
    for (let index = 0; index < 1000; index++) assert.equal(reader.i32(), index)
  }
})
