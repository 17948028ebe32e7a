import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blockOf } from '#worker/uno/blocks.ts'
import { Bridge } from '#worker/uno/bridge.ts'
import { HeaderReader } from '#worker/uno/header-reader.ts'
import { exceptionMessage, replyMessage, requestMessage } from '#worker/uno/messages.ts'
import { queryInterface, STATUS_INDICATOR, statusIndicator, supportsService } from '#worker/uno/methods.ts'
import { PROTOCOL_LIMITS } from '#worker/uno/protocol-limits.ts'
import { NameReader } from '#worker/uno/read-names.ts'
import { type IndicatorEvent, statusIndicatorFor } from '#worker/uno/status-indicator.ts'
import { knownType, TypeClass } from '#worker/uno/types.ts'
import { ProtocolError, type ProtocolErrorKind, UnoError } from '#worker/uno/uno-errors.ts'
import type { UnoAny } from '#worker/uno/values.ts'
import { WireReader } from '#worker/uno/wire-reader.ts'
import { silent } from './scripted-peer.ts'

const TYPE = { typeClass: TypeClass.INTERFACE, name: 'com.sun.star.lang.XComponent' }
const REFERENCE: UnoAny = { type: TYPE.name, value: { objectId: 'doc', interfaceName: TYPE.name } }

function conversation(unsent = () => 0) {
  const sent: Buffer[] = []
  let destroyed = 0
  const destroy = () => {
    destroyed += 1
  }
  const bridge = new Bridge(silent({ write: bytes => sent.push(bytes), unsent, destroy }), 'ours')
  const headers = () => {
    const reader = new HeaderReader(new NameReader())
    return sent.map(block => reader.read(new WireReader(block.subarray(8))))
  }
  const hear = (message: Buffer) => bridge.receive(blockOf(message))
  return { bridge, sent, headers, hear, destroyed: () => destroyed }
}

const dead = (kind: ProtocolErrorKind) => (error: unknown) =>
  error instanceof ProtocolError && error.kind === kind
const ask = (bridge: Bridge, signal?: AbortSignal) =>
  bridge.call({ ...supportsService, objectId: 'desk' }, ['service'], signal)
const reply = (number: number, value: boolean) => replyMessage(`n${number}`, knownType('boolean'), value)

test('replies find their calls in whatever order they come', async () => {
  const { bridge, hear } = conversation()
  const calls = [ask(bridge), ask(bridge), ask(bridge)]
  assert.equal(bridge.counts.pending, 3)
  hear(reply(2, false))
  hear(reply(0, true))
  hear(reply(1, false))
  assert.deepEqual(await Promise.all(calls), [true, false, false])
  assert.equal(bridge.counts.pending, 0)
})

test('an exception rejects its call and leaves the conversation alive', async () => {
  const { bridge, hear } = conversation()
  const call = ask(bridge)
  hear(exceptionMessage('n0', 'no such thing'))
  await assert.rejects(call, (error: unknown) => {
    assert.ok(error instanceof UnoError)
    assert.equal(error.type, 'com.sun.star.uno.RuntimeException')
    assert.equal(error.message, 'no such thing')
    return true
  })
  const next = ask(bridge)
  hear(reply(1, true))
  assert.equal(await next, true)
})

test('bytes that make no sense end the conversation, its calls and every later one', async () => {
  const { bridge, destroyed } = conversation()
  const calls = [ask(bridge), ask(bridge)]
  bridge.receive(blockOf(Buffer.from([0x06])))
  for (const call of calls) await assert.rejects(call, dead('malformed'))
  assert.equal((await bridge.closed).kind, 'malformed')
  await assert.rejects(ask(bridge), dead('malformed'))
  assert.equal(destroyed(), 1)
  assert.equal(bridge.counts.pending, 0)
})

test('a reply to a call that was not made, and bytes after a message, are the end', async () => {
  const stray = conversation()
  stray.hear(reply(0, true))
  assert.equal((await stray.bridge.closed).kind, 'malformed')

  const excess = conversation()
  const call = ask(excess.bridge)
  call.catch(() => {})
  excess.hear(Buffer.concat([reply(0, true), Buffer.from([0])]))
  assert.equal((await excess.bridge.closed).kind, 'malformed')
})

test('a reply that breaks off rejects the very call it was for', async () => {
  for (const message of [reply(0, true), exceptionMessage('n0', 'no such thing')]) {
    const { bridge, hear } = conversation()
    const call = ask(bridge)
    hear(message.subarray(0, message.length - 1))
    await assert.rejects(call, dead('malformed'))
  }
})

test('a call whose signal aborts rejects at once; its late reply is read and what it held given back', async () => {
  const { bridge, hear, headers } = conversation()
  const controller = new AbortController()
  const call = bridge.call({ ...queryInterface, objectId: 'doc' }, [TYPE], controller.signal)
  controller.abort(new Error('too late'))
  await assert.rejects(call, /too late/)
  assert.equal(bridge.counts.pending, 1)

  hear(replyMessage('n0', knownType('any'), REFERENCE))
  assert.equal(bridge.counts.pending, 0)
  const expected = {
    kind: 'request',
    functionId: 2,
    interfaceName: TYPE.name,
    objectId: 'doc',
    threadId: 'release',
  }
  assert.deepEqual(headers().at(-1), expected)
  await assert.rejects(ask(bridge, controller.signal), /too late/)
  assert.equal(bridge.counts.pending, 0)
})

test('calls that nobody answers are the end when there are too many', async () => {
  const { bridge } = conversation()
  const calls = Array.from({ length: PROTOCOL_LIMITS.pendingCalls }, () => ask(bridge))
  for (const call of calls) call.catch(() => {})
  await assert.rejects(ask(bridge), dead('limit'))
  await assert.rejects(ask(bridge), dead('limit'))
  assert.equal(bridge.counts.pending, 0)
})

test('a value that does not fit its type is our mistake: nothing is sent and the conversation lives', async () => {
  const { bridge, sent, hear } = conversation()
  const wrong = bridge.call({ ...statusIndicator.setValue, objectId: 'desk' }, [2 ** 40])
  await assert.rejects(wrong, RangeError)
  assert.deepEqual([sent.length, bridge.counts.pending], [0, 0])
  const call = ask(bridge)
  hear(reply(1, true))
  assert.equal(await call, true)
})

test('an object of ours hears its calls and answers them on the thread of the caller', () => {
  const { bridge, hear, headers } = conversation()
  const events: IndicatorEvent[] = []
  const { objectId } = bridge.exportObject(statusIndicatorFor(event => events.push(event)))
  const tell = (functionId: number, values: Parameters<typeof requestMessage>[2]) =>
    hear(requestMessage({ objectId, interfaceName: STATUS_INDICATOR, functionId }, 'their thread', values))
  const long = knownType('long')
  const string = knownType('string')
  tell(3, [
    [string, 'Exporting'],
    [long, 40],
  ])
  tell(6, [[long, 11]])
  tell(5, [[string, 'more']])
  tell(7, [])
  tell(4, [])
  assert.deepEqual(events, [
    { kind: 'start', text: 'Exporting', range: 40 },
    { kind: 'value', value: 11 },
    { kind: 'text', text: 'more' },
    { kind: 'reset' },
    { kind: 'end' },
  ])
  const answer = { kind: 'reply', threadId: 'their thread', exception: false }
  assert.deepEqual(headers(), [answer, answer, answer, answer, answer])
})

test('the peer has its answer before an object of ours hears of the call', () => {
  const { bridge, sent, hear } = conversation()
  const answeredWhenHeard: number[] = []
  const reference = bridge.exportObject(statusIndicatorFor(() => answeredWhenHeard.push(sent.length)))
  const call = (thread: string) => hear(requestMessage({ ...reference, functionId: 4 }, thread, []))
  for (const thread of ['one', 'one', 'other']) call(thread)
  assert.deepEqual(answeredWhenHeard, [1, 2, 3])
})

test('an object of ours tells which interfaces it has', async () => {
  const { bridge, hear, sent } = conversation()
  const { objectId } = bridge.exportObject(statusIndicatorFor(() => {}))
  const target = { objectId, interfaceName: STATUS_INDICATOR, functionId: 0 }
  for (const name of [STATUS_INDICATOR, 'com.sun.star.uno.XInterface', 'com.sun.star.lang.XComponent']) {
    hear(requestMessage(target, 't', [[knownType('type'), { typeClass: TypeClass.INTERFACE, name }]]))
  }
  const has = sent.map(block => block.toString('latin1').includes(objectId))
  assert.deepEqual(has, [true, true, false])
})

test('a withdrawn object answers without hearing, and releases ask for no answer', () => {
  const { bridge, hear, sent } = conversation()
  let heard = 0
  const reference = bridge.exportObject(
    statusIndicatorFor(() => {
      heard += 1
    }),
  )
  bridge.unexport(reference)
  assert.equal(bridge.counts.exported, 0)
  hear(requestMessage({ ...reference, functionId: 4 }, 't', []))
  assert.deepEqual([heard, sent.length], [0, 1])
  hear(requestMessage({ ...reference, functionId: 2 }, 't', []))
  assert.equal(sent.length, 1)
})

test('calls to objects that are not ours and to methods that we do not offer are the end', async () => {
  const foreign = conversation()
  foreign.hear(
    requestMessage({ objectId: 'theirs', interfaceName: STATUS_INDICATOR, functionId: 4 }, 't', []),
  )
  assert.equal((await foreign.bridge.closed).kind, 'malformed')

  const unknown = conversation()
  const reference = unknown.bridge.exportObject(statusIndicatorFor(() => {}))
  unknown.hear(requestMessage({ ...reference, functionId: 8 }, 't', []))
  assert.equal((await unknown.bridge.closed).kind, 'malformed')
})

test('a listener that throws ends the conversation with its error as the cause', async () => {
  const { bridge, hear } = conversation()
  const cause = new Error('listener')
  const reference = bridge.exportObject(
    statusIndicatorFor(() => {
      throw cause
    }),
  )
  const call = ask(bridge)
  hear(requestMessage({ ...reference, functionId: 4 }, 't', []))
  await assert.rejects(call, { cause })
})

test('no more objects are lent than the limit', async () => {
  const { bridge } = conversation()
  const lend = () => bridge.exportObject(statusIndicatorFor(() => {}))
  for (let count = 0; count < PROTOCOL_LIMITS.servedObjects; count++) lend()
  assert.throws(lend, dead('limit'))
  assert.equal((await bridge.closed).kind, 'limit')
})

test('a peer that never reads what it is sent is the end', async () => {
  let unsent = 0
  const { bridge, hear } = conversation(() => unsent)
  const reference = bridge.exportObject(statusIndicatorFor(() => {}))
  const call = () => hear(requestMessage({ ...reference, functionId: 4 }, 't', []))
  unsent = PROTOCOL_LIMITS.unsentBytes
  call()
  assert.equal(bridge.counts.exported, 1)
  unsent += 1
  call()
  assert.equal((await bridge.closed).kind, 'limit')
})

test('the opening question to change the protocol is refused, any other such talk is the end', async () => {
  const { bridge, hear, headers } = conversation()
  const target = {
    objectId: 'UrpProtocolProperties',
    interfaceName: 'com.sun.star.bridge.XProtocolProperties',
  }
  hear(requestMessage({ ...target, functionId: 4 }, 'p', [[knownType('long'), 5]]))
  assert.deepEqual(headers(), [{ kind: 'reply', threadId: 'p', exception: true }])
  hear(requestMessage({ ...target, functionId: 5 }, 'p', []))
  assert.equal((await bridge.closed).kind, 'malformed')
})

test('a peer that calls without end is the end', async () => {
  const { bridge, hear } = conversation()
  let heard = 0
  const reference = bridge.exportObject(
    statusIndicatorFor(() => {
      heard += 1
    }),
  )
  hear(requestMessage({ ...reference, functionId: 4 }, 't', []))
  const block = Buffer.concat([Buffer.from([0, 0, 0, 64, 0, 0, 0, 64]), Buffer.alloc(64, 4)])
  for (let count = 0; count < PROTOCOL_LIMITS.callsServed / 64; count++) bridge.receive(block)
  assert.equal((await bridge.closed).kind, 'limit')
  assert.equal(heard, PROTOCOL_LIMITS.callsServed)
})
