import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { AppError } from '#lib/errors.ts'
import type { Snapshot } from '#lib/snapshot.ts'
import { openCounter, publish, send } from '#test/counter.ts'
import { deck } from '#test/documents/deck.ts'
import { until } from '#test/until.ts'

const PDF = Buffer.from('%PDF-1.4 0123456789')
/** No other try without any change would help, so none is made by itself. */
const LASTING = new AppError('cpu_limit', { details: { seconds: 900 } }).toJobError()

describe('a failed job that a person tries again', () => {
  let counter: Awaited<ReturnType<typeof openCounter>>
  before(async () => {
    counter = await openCounter()
  })
  after(() => counter.close())

  const post = (path: string) => fetch(counter.url + path, { method: 'POST' })
  const reaches = (id: string, state: string) =>
    until(`the job to be ${state}`, async () => (await counter.jobs.get(id))?.state === state)

  it('waits again, though its error was a lasting one, and is done when what hindered it has gone', async () => {
    const crew = await counter.jobs.work(
      async attempt => {
        if (attempt.claim === 1) await attempt.failIfStillMine(LASTING)
        else await publish(counter.storage, attempt, PDF)
      },
      { worker: 'test/1', slots: 1 },
    )
    const { id } = await (await send(counter.url, { name: 'deck.pptx', bytes: await deck() })).json()
    await reaches(id, 'failed')
    const answer = await post(`/api/jobs/${id}/retry`)
    const { state, error }: Snapshot = await answer.json()
    assert.deepEqual([answer.status, state, error], [202, 'queued', null])
    await reaches(id, 'completed')
    await crew.stop(0)

    const late = await post(`/api/jobs/${id}/retry`)
    assert.deepEqual([late.status, (await late.json()).code], [409, 'not_retryable'])
  })
})
