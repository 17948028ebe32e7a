import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HeaderReader } from '#worker/uno/header-reader.ts'
import { releaseMessage, replyMessage, requestMessage } from '#worker/uno/messages.ts'
import { NameReader } from '#worker/uno/read-names.ts'
import { knownType } from '#worker/uno/types.ts'
import { ProtocolError } from '#worker/uno/uno-errors.ts'
import { WireReader } from '#worker/uno/wire-reader.ts'

const TARGET = { objectId: 'oid', interfaceName: 'com.sun.star.task.XStatusIndicator', functionId: 6 }
const reader = () => new HeaderReader(new NameReader())
const malformed = (error: unknown) => error instanceof ProtocolError && error.kind === 'malformed'

test('requests, releases and replies are read as this side writes them', () => {
  const headers = reader()
  const request = requestMessage(TARGET, 'thread', [])
  assert.deepEqual(headers.read(new WireReader(request)), { kind: 'request', ...TARGET, threadId: 'thread' })
  const release = releaseMessage(TARGET.objectId, TARGET.interfaceName, 'thread')
  const expected = { kind: 'request', ...TARGET, functionId: 2, threadId: 'thread' }
  assert.deepEqual(headers.read(new WireReader(release)), expected)
  const reply = replyMessage('other', knownType('void'), undefined)
  assert.deepEqual(headers.read(new WireReader(reply)), {
    kind: 'reply',
    threadId: 'other',
    exception: false,
  })
})

test('a head says only what differs from the one before', () => {
  const headers = reader()
  headers.read(new WireReader(requestMessage(TARGET, 'thread', [])))
  const same = { kind: 'request', ...TARGET, threadId: 'thread' }
  assert.deepEqual(headers.read(new WireReader(Buffer.from([6]))), same)
  // Function numbers of 14 bits, and of 16 in the long form.
  assert.deepEqual(headers.read(new WireReader(Buffer.from([0x41, 0x02]))), { ...same, functionId: 0x102 })
  assert.deepEqual(headers.read(new WireReader(Buffer.from([0xc4, 0x12, 0x34]))), {
    ...same,
    functionId: 0x1234,
  })
  assert.deepEqual(headers.read(new WireReader(Buffer.from([0x80]))), {
    kind: 'reply',
    threadId: 'thread',
    exception: false,
  })
})

test('a first message that leaves out what it is about is refused', () => {
  for (const bytes of [[0x06], [0x80], [0xc0, 6], [0xa0]]) {
    assert.throws(() => reader().read(new WireReader(Buffer.from(bytes))), malformed)
  }
})

test('a request that must be answered and must not is refused', () => {
  const headers = reader()
  headers.read(new WireReader(requestMessage(TARGET, 'thread', [])))
  assert.throws(() => headers.read(new WireReader(Buffer.from([0xc1, 0x80, 6]))), malformed)
  assert.throws(() => headers.read(new WireReader(Buffer.from([0xc1, 0x40, 6]))), malformed)
  assert.equal(headers.read(new WireReader(Buffer.from([0xc1, 0xc0, 6]))).kind, 'request')
})
