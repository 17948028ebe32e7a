import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { io } from 'socket.io-client'
import { type Attempt, resultKey } from '#lib/jobs.ts'
import { note, noteView } from '#lib/vocabulary/notes.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { send, startTestServer } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const NOTES = [
  note('media_left_out', { count: 2 }),
  note('font_replaced', { details: { names: ['Gotham'], replacedBy: 'DejaVu Sans' } }),
  note('links_held', { count: 3 }),
]
const TOLD = NOTES.map(noteView)

describe('notes on a result', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let job: Snapshot
  before(async () => {
    testServer = await startTestServer()
    job = await (await send(testServer.url, { name: 'deck.pptx', bytes: await deck({ slides: 1 }) })).json()
  })
  after(() => testServer.close())

  const complete = async ({ job, completeIfStillMine, claim }: Attempt) => {
    const seconds = { loading: 0.5, exporting: 0.5, total: 1 }
    const result = { key: resultKey(job.id, claim), fileName: 'deck.pdf', bytes: 4, pages: 1, sha256: '' }
    await completeIfStillMine(result, { report: { engine: 'Office 1', seconds, notes: NOTES } })
  }

  it('come with the live event, as sentences with a next step', async () => {
    const socket = io(testServer.url, { transports: ['websocket'], forceNew: true })
    const seen: Snapshot[] = []
    socket.on('job', snapshot => seen.push(snapshot))
    await socket.emitWithAck('subscribe', { jobIds: [job.id] })
    const consumer = await testServer.jobs.consume(complete, { worker: 'test/1', slots: 1 })
    await until('the end is heard', () => seen.some(({ state }) => state === 'completed'))
    socket.close()
    await consumer.stop(1000)
    assert.deepEqual(seen.at(-1)?.report?.notes, TOLD)
    const [lost] = seen.at(-1)?.report?.notes ?? []
    assert.equal(lost?.message, '2 sounds or films were left out.')
    assert.match(lost?.nextStep ?? '', /PPTX/)
  })

  it('come with the job of the API, as its document describes them', async () => {
    const { report } = await (await fetch(`${testServer.url}/api/jobs/${job.id}`)).json()
    assert.deepEqual(report.notes, TOLD)
    const { components } = await (await fetch(`${testServer.url}/api/openapi.json`)).json()
    const { properties, required } = components.schemas.Note
    for (const told of report.notes) {
      assert.deepEqual(Object.keys(told).toSorted(), Object.keys(properties).toSorted())
      assert.ok(properties.code.enum.includes(told.code) && properties.severity.enum.includes(told.severity))
    }
    assert.deepEqual(required.toSorted(), Object.keys(properties).toSorted())
  })
})
