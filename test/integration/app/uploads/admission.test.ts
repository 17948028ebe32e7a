import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { afterEach, before, describe, it } from 'node:test'
import { deck } from '#test/documents/deck.ts'
import { send, startTestServer } from '#test/test-server.ts'
import {
  answerOf,
  deleteUpload,
  finishUpload,
  offsetOf,
  openedUpload,
  openPart,
  openUpload,
  sendPart,
} from '#test/tus.ts'

/** More than any disk has. */
const ALL_THE_DISK = { DISK_RESERVE_MB: '1000000000' }

describe('admission of an upload', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer
  before(async () => {
    pptx = await deck({ slides: 1 })
  })
  afterEach(() => testServer.close())

  const open = async (environment: Record<string, string>) => {
    testServer = await startTestServer(environment)
    return testServer.url
  }
  const refusal = async (answer: Response) => [answer.status, (await answer.json()).code]
  const stored = async () => (await Readable.from(testServer.storage.list('jobs/')).toArray()).length
  const sendDeck = (headers = {}) => send(testServer.url, { name: 'a.pptx', bytes: pptx }, { headers })
  const cookie = async () => ({
    cookie: ((await fetch(testServer.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? '',
  })

  it('opens no upload and takes no form while the queue is full, and says when to come back', async () => {
    const url = await open({ QUEUE_LIMIT: '1' })
    assert.equal((await sendDeck()).status, 202)
    for (const answer of [await openUpload(url, 10), await sendDeck()]) {
      assert.ok(Number(answer.headers.get('retry-after')) > 0)
      assert.deepEqual(await refusal(answer), [503, 'queue_full'])
    }
    assert.equal(await stored(), 1)
  })

  it('lets one owner have so many uploads open, those of before a restart among them', async () => {
    const url = await open({ OWNER_UPLOADS: '2' })
    const [mine, theirs] = [await cookie(), await cookie()]
    const first = await openedUpload(url, 10, mine)
    await openedUpload(url, 10, mine)
    const third = await openUpload(url, 10, { headers: mine })
    assert.ok(Number(third.headers.get('retry-after')) > 0)
    assert.deepEqual(await refusal(third), [429, 'too_many_uploads'])
    assert.deepEqual(await refusal(await sendDeck(mine)), [429, 'too_many_uploads'])
    assert.equal((await openUpload(url, 10, { headers: theirs })).status, 201)
    await testServer.restart()
    assert.deepEqual(await refusal(await openUpload(testServer.url, 10, { headers: mine })), [
      429,
      'too_many_uploads',
    ])
    await deleteUpload(testServer.url, first, mine)
    assert.equal((await openUpload(testServer.url, 10, { headers: mine })).status, 201)
  })

  it('counts a form as open only while it comes', async () => {
    await open({ OWNER_UPLOADS: '1' })
    for (let n = 0; n < 3; n++) assert.equal((await sendDeck()).status, 202)
  })

  it('lets one owner have so many jobs waiting and keeps the finished upload of the next', async () => {
    const url = await open({ OWNER_WAITING: '2' })
    const mine = await cookie()
    const id = await openedUpload(url, pptx.length, mine)
    await sendPart(url, id, { offset: 0, bytes: pptx, headers: mine })
    const [first] = [await sendDeck(mine), await sendDeck(mine)]
    const third = await sendDeck(mine)
    assert.ok(Number(third.headers.get('retry-after')) > 0)
    assert.deepEqual(await refusal(third), [429, 'too_many_waiting'])
    const settings = { uploadId: id, fileName: 'a.pptx' }
    assert.deepEqual(await refusal(await finishUpload(url, settings, mine)), [429, 'too_many_waiting'])
    assert.equal((await sendDeck(await cookie())).status, 202)
    await fetch(`${url}/api/jobs/${(await first.json()).id}?purge=1`, { method: 'DELETE', headers: mine })
    assert.equal((await finishUpload(url, settings, mine)).status, 202)
  })

  it('is not ready while every upload would be refused for space, and lists each reason with its fix', async () => {
    const url = await open(ALL_THE_DISK)
    await testServer.jobs.heartbeat({ worker: 'w', slots: 1, ready: true, trouble: null })
    const full = await fetch(`${url}/readyz`)
    assert.deepEqual([full.status, full.headers.get('content-type')], [503, 'application/problem+json'])
    const { code, reasons } = await full.json()
    assert.deepEqual([code, reasons.length, reasons[0].code], ['storage_full', 1, 'storage_full'])
    for (const problem of ['bubblewrap is missing', 'LibreOffice is missing'])
      await testServer.jobs.heartbeat({ worker: problem, slots: 1, ready: false, trouble: problem })
    assert.equal((await (await fetch(`${url}/readyz`)).json()).reasons.length, 1, 'one worker is enough')
    await testServer.jobs.heartbeat({ worker: 'w', slots: 1, ready: false, trouble: 'bubblewrap is missing' })
    const all = await (await fetch(`${url}/readyz`)).json()
    assert.deepEqual(
      all.reasons.map((reason: { code: string; nextStep: string }) => [reason.code, reason.nextStep]),
      [
        ['not_operational', 'bubblewrap is missing'],
        ['not_operational', 'LibreOffice is missing'],
        ['storage_full', 'Free some space under DATA_DIR.'],
      ],
    )
    await testServer.restart({ DISK_RESERVE_MB: '0' })
    await testServer.jobs.heartbeat({ worker: 'w', slots: 1, ready: true, trouble: null })
    assert.equal((await fetch(`${testServer.url}/readyz`)).status, 200)
  })

  it('takes no byte for which the disk has no room beside its reserve', async () => {
    const url = await open({})
    const id = await openedUpload(url, 10)
    await testServer.restart(ALL_THE_DISK)
    for (const answer of [
      await openUpload(testServer.url, 10),
      await sendDeck(),
      await sendPart(testServer.url, id, { offset: 0, bytes: Buffer.from('x') }),
    ])
      assert.deepEqual(await refusal(answer), [507, 'storage_full'])
    assert.equal(await stored(), 0)
  })

  it('cuts an upload that hardly brings anything, says so, and keeps what came', async () => {
    const url = await open({ UPLOAD_STALL_S: '1' })
    const id = await openedUpload(url, 100_000)
    const part = openPart(url, id, { offset: 0, length: 100_000 })
    part.write(Buffer.alloc(500))
    assert.deepEqual(await answerOf(part), [408, 'upload_too_slow'])
    assert.equal(await offsetOf(url, id), 500)
    assert.equal((await sendPart(url, id, { offset: 500, bytes: Buffer.alloc(99_500) })).status, 204)
  })

  it('lets a slow upload go on that brings its kilobyte a second', async t => {
    const url = await open({ UPLOAD_STALL_S: '1' })
    const id = await openedUpload(url, 4000)
    const part = openPart(url, id, { offset: 0, length: 4000 })
    const begun = Date.now()
    const answered = answerOf(part)
    let sent = 0
    // Two kilobytes a second by the clock: a timer that comes late must not make it slower.
    const drip = setInterval(() => {
      const due = Math.min(4000, 2 * (Date.now() - begun))
      part.write(Buffer.alloc(due - sent))
      sent = due
      if (sent < 4000) return
      clearInterval(drip)
      part.end()
    }, 50)
    t.after(() => clearInterval(drip))
    assert.deepEqual(await answered, [204, undefined])
    assert.ok(Date.now() - begun > 1500, 'it took longer than the window')
    assert.equal(await offsetOf(url, id), 4000)
  })
})
