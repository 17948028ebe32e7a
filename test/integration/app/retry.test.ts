import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { publish, rightsTo, send, startTestServer } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const PDF = Buffer.from('%PDF-1.4 0123456789')
/** No other try without any change would help, so none is made by itself. */
const LASTING = new AppError('cpu_limit', { details: { seconds: 900 } }).toStoredError()

describe('a failed job that a person tries again', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  before(async () => {
    testServer = await startTestServer()
  })
  after(() => testServer.close())

  const retry = (id: string) =>
    fetch(`${testServer.url}/api/jobs/${id}/retry`, { method: 'POST', headers: rightsTo(id) })
  const reaches = (id: string, state: string) =>
    until(`the job to be ${state}`, async () => (await testServer.jobs.get(id))?.state === state)

  it('waits again, though its error was a lasting one, and is done when what hindered it has gone', async () => {
    const consumer = await testServer.jobs.consume(
      async attempt => {
        if (attempt.claim === 1) await attempt.failIfStillMine(LASTING)
        else await publish(testServer.storage, attempt, PDF)
      },
      { worker: 'test/1', slots: 1 },
    )
    const { id } = await (await send(testServer.url, { name: 'deck.pptx', bytes: await deck() })).json()
    await reaches(id, 'failed')
    const answer = await retry(id)
    const { state, error }: Snapshot = await answer.json()
    assert.deepEqual([answer.status, state, error], [202, 'queued', null])
    await reaches(id, 'completed')
    await consumer.stop(0)

    const late = await retry(id)
    assert.deepEqual([late.status, (await late.json()).code], [409, 'not_retryable'])
  })
})
