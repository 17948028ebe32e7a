import assert from 'node:assert/strict'
import path from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { Office } from '#worker/uno/office.ts'
import { ProtocolError } from '#worker/uno/uno-errors.ts'
import { type Soffice, startSoffice } from './soffice.ts'
import { writePptx } from './uno-documents.ts'

let soffice: Soffice

beforeEach(async () => {
  soffice = await startSoffice()
})
afterEach(() => soffice.stop())

const closed = (error: unknown) => error instanceof ProtocolError && error.kind === 'closed'

test('a process that is killed in the middle of a call rejects it, and every call after it', async () => {
  const deck = path.join(soffice.directory, 'deck.pptx')
  await writePptx(deck, 60)
  let killed = false
  const onProgress = () => {
    if (killed) return
    process.kill(soffice.pid, 'SIGKILL')
    killed = true
  }
  // Nothing else ends a call: unanswered it would wait for good.
  await assert.rejects(soffice.office.load(deck, { onProgress }), closed)
  assert.ok(killed)
  assert.equal((await soffice.office.closed).kind, 'closed')
  await assert.rejects(soffice.office.load(deck), closed)
  assert.deepEqual(soffice.office.counts, { pending: 0, exported: 0 })
  await assert.rejects(Office.connect(soffice.socketPath), closed)
})

test('after hanging up the process lives on and takes another conversation', async () => {
  soffice.office.close()
  assert.equal((await soffice.office.closed).kind, 'closed')
  const again = await Office.connect(soffice.socketPath, AbortSignal.timeout(10_000))
  assert.deepEqual(again.counts, { pending: 0, exported: 0 })
  again.close()
})

test('a socket where nobody answers gives up when the signal says so', async () => {
  process.kill(soffice.pid, 'SIGSTOP')
  try {
    const waiting = Office.connect(soffice.socketPath, AbortSignal.timeout(200))
    await assert.rejects(waiting, { name: 'TimeoutError' })
  } finally {
    process.kill(soffice.pid, 'SIGCONT')
  }
})
