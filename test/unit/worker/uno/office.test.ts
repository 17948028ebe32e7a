import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { Office } from '#worker/uno/office.ts'
import type { IndicatorEvent } from '#worker/uno/status-indicator.ts'
import { UnoError } from '#worker/uno/uno-errors.ts'
import { recording, replaying } from './scripted-peer.ts'

test('a recorded deck is loaded, drawn, exported and closed with the very bytes of the recording', async () => {
  const { bridge, finished } = replaying(recording('presentation'))
  const office = await Office.over(bridge)
  const loading: IndicatorEvent[] = []
  const exporting: IndicatorEvent[] = []

  const deck = await office.load('/tmp/recorded/deck.pptx', {
    wholeLayout: true,
    onProgress: event => loading.push(event),
  })
  assert.ok(deck)
  const kind = await deck.kind()
  assert.equal(kind, 'presentation')
  assert.equal(await deck.count(kind), 3)
  assert.equal(await deck.storeFirstPage('/tmp/recorded/o.png', kind, { longestSide: 640 }), true)
  const onProgress = (event: IndicatorEvent) => exporting.push(event)
  await deck.store('/tmp/recorded/o.pdf', 'impress_pdf_Export', { onProgress })
  await deck.close()
  await turn()

  assert.equal(finished(), true)
  assert.deepEqual(loading.at(0), { kind: 'start', text: '', range: 10_000 })
  assert.deepEqual(exporting, [
    { kind: 'start', text: 'Export as PDF', range: 3 },
    { kind: 'value', value: 0 },
    { kind: 'value', value: 1 },
    { kind: 'value', value: 2 },
    { kind: 'end' },
  ])
  assert.deepEqual(office.counts, { pending: 0, exported: 0 })
})

test('a recorded text tells its pages and its page size', async () => {
  const { bridge, finished } = replaying(recording('text'))
  const office = await Office.over(bridge)
  const text = await office.load('/tmp/recorded/text.docx', { wholeLayout: true, onProgress: () => {} })
  assert.ok(text)
  assert.equal(await text.kind(), 'text')
  assert.equal(await text.count('text'), 4)
  assert.equal(await text.storeFirstPage('/tmp/recorded/o.png', 'text', { longestSide: 640 }), true)
  await text.store('/tmp/recorded/o.pdf', 'writer_pdf_Export', { onProgress: () => {} })
  await text.close()
  await turn()
  assert.equal(finished(), true)
})

test('what LibreOffice refuses is a UnoError or null, and the conversation goes on', async () => {
  const { bridge, finished } = replaying(recording('refusals'))
  const office = await Office.over(bridge)
  await assert.rejects(office.load('/tmp/recorded/missing.odt', { wholeLayout: true }), error => {
    assert.ok(error instanceof UnoError)
    assert.equal(error.type, 'com.sun.star.lang.IllegalArgumentException')
    assert.match(error.message, /type detection failed/)
    return true
  })
  assert.equal(await office.load('/tmp/recorded/text.docx', { wholeLayout: true, filter: 'impress8' }), null)
  const flat = await office.load('/tmp/recorded/flat.fodt', { wholeLayout: true })
  assert.ok(flat)
  await assert.rejects(flat.store('/tmp/recorded/o.pdf', 'no such filter'), {
    type: 'com.sun.star.io.IOException',
  })
  await flat.close()
  await turn()
  assert.equal(finished(), true)
})
