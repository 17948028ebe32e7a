import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { blockOf } from '#worker/uno/blocks.ts'
import { Bridge } from '#worker/uno/bridge.ts'
import { HeaderReader, type MessageHeader } from '#worker/uno/header-reader.ts'
import { replyMessage } from '#worker/uno/messages.ts'
import { supportsService } from '#worker/uno/methods.ts'
import { NameReader } from '#worker/uno/read-names.ts'
import { RemoteObject } from '#worker/uno/remote-object.ts'
import { knownType } from '#worker/uno/types.ts'
import type { UnoAny } from '#worker/uno/values.ts'
import { VOID } from '#worker/uno/values.ts'
import { WireReader } from '#worker/uno/wire-reader.ts'
import { silent } from './scripted-peer.ts'

const REFERENCE = { objectId: 'doc', interfaceName: 'com.sun.star.lang.XComponent' }
const SERVICE_INFO = 'com.sun.star.lang.XServiceInfo'
const FOUND: UnoAny = { type: SERVICE_INFO, value: { objectId: 'doc', interfaceName: SERVICE_INFO } }

/** Keeps what was sent as `function interface` and answers questions for interfaces with `found`. */
function peer(found: UnoAny) {
  const sent: string[] = []
  let blocks = 0
  const headers = new HeaderReader(new NameReader())
  const write = (block: Buffer) => {
    blocks++
    const wire = new WireReader(block.subarray(8))
    while (wire.remaining > 0) hear(headers.read(wire), wire)
  }
  const hear = (header: MessageHeader, wire: WireReader) => {
    if (header.kind === 'reply') return
    sent.push(`${header.functionId} ${header.interfaceName.split('.').at(-1)}`)
    const { threadId } = header
    const [type, value] = header.functionId === 0 ? [knownType('any'), found] : [knownType('boolean'), true]
    if (header.functionId === 2) return
    // What a request asks for is its only message's own.
    wire.skipRest()
    setImmediate(() => bridge.receive(blockOf(replyMessage(threadId, type, value))))
  }
  const bridge = new Bridge(silent({ write }))
  return { sent, blocks: () => blocks, object: new RemoteObject(bridge, REFERENCE) }
}

test('an interface is asked for once, however many calls need it at the same time', async () => {
  const { sent, object } = peer(FOUND)
  await Promise.all([object.call(supportsService, ['a']), object.call(supportsService, ['b'])])
  await object.call(supportsService, ['c'])
  const asked = sent.filter(line => line.startsWith('0'))
  assert.deepEqual(asked, ['0 XInterface'])
  assert.equal(sent.length, 4)
})

test('every interface is given back once and all of them together, one that is still on its way too', async () => {
  const { sent, blocks, object } = peer(FOUND)
  const asking = object.has(SERVICE_INFO)
  object.release()
  assert.equal(await asking, true)
  await turn()
  assert.deepEqual(sent.slice(1), ['2 XComponent', '2 XServiceInfo'])
  assert.equal(blocks(), 2)
  await assert.rejects(object.call(supportsService, ['a']), { type: 'com.sun.star.lang.DisposedException' })
  object.release()
  await turn()
  assert.equal(sent.length, 3)
})

test('an object without the interface says so, and nothing is given back for it', async () => {
  const { sent, object } = peer(VOID)
  await assert.rejects(object.call(supportsService, ['a']), { type: 'com.sun.star.lang.NoSupportException' })
  object.release()
  await turn()
  assert.deepEqual(sent, ['0 XInterface', '2 XComponent'])
})
