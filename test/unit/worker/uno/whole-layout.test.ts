import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blockOf } from '#worker/uno/blocks.ts'
import { Bridge } from '#worker/uno/bridge.ts'
import { HeaderReader } from '#worker/uno/header-reader.ts'
import { exceptionMessage, replyMessage, requestMessage } from '#worker/uno/messages.ts'
import { DOCUMENT_EVENT_LISTENER, supportsService } from '#worker/uno/methods.ts'
import { NameReader } from '#worker/uno/read-names.ts'
import { knownType } from '#worker/uno/types.ts'
import { UnoError } from '#worker/uno/uno-errors.ts'
import { any, type UnoAny, VOID } from '#worker/uno/values.ts'
import { type BeforeLayout, layoutListener } from '#worker/uno/whole-layout.ts'
import { WireReader } from '#worker/uno/wire-reader.ts'
import { silent } from './scripted-peer.ts'

const PROPERTIES = 'com.sun.star.beans.XPropertySet'
/** LibreOffice calls back on the thread of the call that it is busy with: our first one. */
const THREAD = 'n0'

/** A conversation in the middle of a call, and what it sent since, one word for each message. */
function loading(before?: BeforeLayout) {
  const sent: string[] = []
  const write = (block: Buffer) => {
    const headers = new HeaderReader(new NameReader())
    const wire = new WireReader(block.subarray(8))
    // Several in one block are releases, which have no values after their headers.
    for (let left = block.readUInt32BE(4); left > 0; left--) {
      const header = headers.read(wire)
      const what = header.kind === 'reply' ? 'reply' : `${header.objectId} ${header.functionId}`
      sent.push(`${what} on ${header.threadId}`)
    }
  }
  const bridge = new Bridge(silent({ write }), 'ours')
  const { objectId } = bridge.exportObject(layoutListener(before))
  const load = bridge.call({ ...supportsService, objectId: 'desktop' }, ['a load, say'])
  sent.length = 0
  const hear = async (message: Buffer) => {
    bridge.receive(blockOf(message))
    await new Promise(setImmediate)
    return sent.splice(0)
  }
  const target = { objectId, interfaceName: DOCUMENT_EVENT_LISTENER, functionId: 4 }
  const happens = (EventName: string, view: string) => {
    const event = {
      Source: { objectId: 'document', interfaceName: 'com.sun.star.uno.XInterface' },
      EventName,
      ViewController: view ? { objectId: view, interfaceName: 'com.sun.star.frame.XController2' } : null,
      Supplement: VOID,
    }
    return hear(requestMessage(target, THREAD, [[knownType('com.sun.star.document.DocumentEvent'), event]]))
  }
  const finish = async () => {
    await hear(replyMessage(THREAD, knownType('boolean'), true))
    return load
  }
  return { bridge, load, hear, happens, finish }
}

const reply = (value: UnoAny) => replyMessage(THREAD, knownType('any'), value)
const FACTORY = 'com.sun.star.lang.XMultiServiceFactory'
const text = reply(any(FACTORY, { objectId: 'document', interfaceName: FACTORY }))
const found = reply(any(PROPERTIES, { objectId: 'view', interfaceName: PROPERTIES }))

test('a view that comes is asked for its pages before LibreOffice goes on, on the thread that loads', async () => {
  const { bridge, hear, happens, finish } = loading()
  assert.deepEqual(await happens('OnViewCreated', 'view'), ['view 0 on n0'])
  assert.deepEqual(await hear(found), ['view 5 on n0'])
  assert.equal(bridge.counts.pending, 2)
  // The answer, and everything given back: what was asked for and what the event lent.
  const rest = ['reply on n0', 'document 2 on release', 'view 2 on release', 'view 2 on release']
  assert.deepEqual(await hear(reply(any('long', 180))), rest)
  assert.equal(await finish(), true)
  assert.equal(bridge.counts.pending, 0)
})

test('a view without pages and one without properties do no harm', async () => {
  const { hear, happens, finish } = loading()
  await happens('OnViewCreated', 'view')
  await hear(found)
  assert.ok((await hear(exceptionMessage(THREAD, 'PageCount'))).includes('reply on n0'))
  await happens('OnViewCreated', 'view')
  assert.ok((await hear(reply(VOID))).includes('reply on n0'))
  assert.equal(await finish(), true)
})

test('other events, and views that are none, are answered at once', async () => {
  const { happens, finish } = loading()
  const answered = ['reply on n0', 'document 2 on release']
  assert.deepEqual(await happens('OnLoadFinished', ''), answered)
  assert.deepEqual(await happens('OnViewCreated', ''), answered)
  assert.equal(await finish(), true)
})

test('a text is changed when it is loaded, and not again before the layout of its view', async () => {
  let changes = 0
  const { hear, happens, finish } = loading(async () => void changes++)
  assert.deepEqual(await happens('OnLoadFinished', ''), ['document 0 on n0'])
  assert.equal(changes, 0)
  assert.ok((await hear(text)).includes('reply on n0'))
  assert.equal(changes, 1)
  assert.deepEqual(await happens('OnViewCreated', 'view'), ['view 0 on n0'])
  assert.equal(changes, 1)
  await hear(found)
  await hear(reply(any('long', 1)))
  assert.equal(await finish(), true)
})

test('a text that was not changed when it was loaded is changed before the layout of its view', async () => {
  let changes = 0
  const { hear, happens, finish } = loading(async () => void changes++)
  assert.deepEqual(await happens('OnViewCreated', 'view'), ['document 0 on n0'])
  assert.ok((await hear(text)).includes('view 0 on n0'))
  assert.equal(changes, 1)
  await hear(found)
  await hear(reply(any('long', 1)))
  assert.equal(await finish(), true)
})

test('a document within a text that cannot be changed does no harm', async () => {
  const refused = new UnoError('com.sun.star.container.NoSuchElementException', 'CharacterStyles')
  const { hear, happens, finish } = loading(() => Promise.reject(refused))
  await happens('OnLoadFinished', '')
  assert.ok((await hear(text)).includes('reply on n0'))
  assert.equal(await finish(), true)
})

test('a conversation that ends meanwhile ends both calls', async () => {
  const { bridge, load, happens } = loading()
  await happens('OnViewCreated', 'view')
  bridge.close()
  await assert.rejects(load, { kind: 'closed' })
  assert.equal(bridge.counts.pending, 0)
})
