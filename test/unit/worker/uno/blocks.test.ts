import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cpuMs } from '#test/cpu-time.ts'
import { type Block, BlockReader, blockOf } from '#worker/uno/blocks.ts'
import { PROTOCOL_LIMITS } from '#worker/uno/protocol-limits.ts'
import { ProtocolError } from '#worker/uno/uno-errors.ts'

function read(chunks: readonly Buffer[]): Block[] {
  const reader = new BlockReader()
  const blocks: Block[] = []
  for (const chunk of chunks)
    reader.push(chunk, ({ body, count }) => blocks.push({ body: Buffer.from(body), count }))
  return blocks
}

function header(size: number, count: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32BE(size, 0)
  bytes.writeUInt32BE(count, 4)
  return bytes
}

test('blocks come out the same however the stream is cut', () => {
  const messages = [Buffer.from('a'), Buffer.alloc(300, 7), Buffer.from('the last')]
  const stream = Buffer.concat(messages.map(message => blockOf(message)))
  const expected = messages.map(body => ({ body, count: 1 }))
  for (let size = 1; size <= stream.length; size++) {
    const chunks = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
      stream.subarray(index * size, (index + 1) * size),
    )
    assert.deepEqual(read(chunks), expected, `chunks of ${size} bytes`)
  }
})

test('a block that is not complete yet is kept back', () => {
  const block = blockOf(Buffer.from('message'))
  assert.deepEqual(read([block.subarray(0, 5)]), [])
  assert.deepEqual(read([block.subarray(0, block.length - 1)]), [])
})

test('a header that announces nothing or too much is refused before memory is given for it', () => {
  const refused = [
    [header(0, 1), 'malformed'],
    [header(1, 0), 'malformed'],
    [header(PROTOCOL_LIMITS.blockBytes + 1, 1), 'limit'],
    [header(0xffffffff, 1), 'limit'],
    [header(1, PROTOCOL_LIMITS.messagesPerBlock + 1), 'limit'],
  ] as const
  for (const [bytes, kind] of refused) {
    const before = process.memoryUsage().arrayBuffers
    assert.throws(
      () => read([bytes]),
      (error: unknown) => error instanceof ProtocolError && error.kind === kind,
    )
    assert.ok(process.memoryUsage().arrayBuffers - before < PROTOCOL_LIMITS.blockBytes)
  }
})

test('a megabyte that drips in byte by byte is put together in well under a second', () => {
  const block = blockOf(Buffer.alloc(PROTOCOL_LIMITS.blockBytes, 1))
  const reader = new BlockReader()
  let blocks = 0
  const started = cpuMs()
  for (let at = 0; at < block.length; at++) reader.push(block.subarray(at, at + 1), () => blocks++)
  assert.equal(blocks, 1)
  // Joining the pieces anew for each byte would copy half a terabyte.
  assert.ok(cpuMs() - started < 5000)
})
