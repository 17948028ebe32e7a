import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Attempt, Consumer } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { textNamedPptx } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { publish, type SendOptions, send, startTestServer } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const PDF = Buffer.from('%PDF-1.4 0123456789')
const failure = new AppError('corrupt_file', { details: { reason: 'it is cut off' } }).toStoredError()

describe('one call that waits for the result', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer
  let consumer: Consumer | undefined
  before(async () => {
    testServer = await startTestServer()
    pptx = await deck({ slides: 1 })
  })
  afterEach(async () => {
    await consumer?.stop(0)
    consumer = undefined
  })
  after(() => testServer.close())

  const convert = (options: SendOptions = {}, bytes = pptx) =>
    send(testServer.url, { name: 'deck.pptx', bytes }, { path: '/api/convert', ...options })
  const work = async (run: (attempt: Attempt) => Promise<unknown>) => {
    consumer = await testServer.jobs.consume(async attempt => void (await run(attempt)), {
      worker: 'test/1',
      slots: 1,
    })
  }
  const complete = (attempt: Attempt) => publish(testServer.storage, attempt, PDF)
  const waiting = () =>
    until('a job waits', async () => [...(await testServer.jobs.queuePositions()).keys()][0])
  const stateOf = async (id: string) => (await testServer.jobs.get(id))?.state

  it('gives the bytes under their name, whole, and says which job they are of', async () => {
    await work(complete)
    const answer = await convert({ headers: { range: 'bytes=0-3' } })
    assert.equal(answer.status, 200)
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), PDF)
    assert.match(answer.headers.get('content-disposition') ?? '', /deck\.pdf/)
    const job = await (await fetch(testServer.url + answer.headers.get('location'))).json()
    assert.deepEqual([job.state, job.fileName], ['completed', 'deck.pptx'])
  })

  it('gives a problem where the file is refused at once, with nothing stored', async () => {
    const answer = await convert({}, textNamedPptx())
    assert.deepEqual([answer.status, (await answer.json()).code], [422, 'type_mismatch'])
    assert.equal(answer.headers.get('location'), null)
  })

  it('gives the job’s own problem where the conversion fails, and where it is cancelled', async () => {
    await work(attempt => attempt.failIfStillMine(failure))
    const failed = await convert()
    assert.equal(failed.headers.get('content-type'), 'application/problem+json')
    assert.match(failed.headers.get('location') ?? '', /^\/api\/jobs\//)
    const { code, message } = await failed.json()
    assert.deepEqual([failed.status, code], [422, 'corrupt_file'])
    assert.equal(message, 'This file is damaged: it is cut off.')
    await consumer?.stop(0)
    const [cancelled] = await Promise.all([convert(), waiting().then(id => testServer.jobs.cancel(id))])
    assert.deepEqual([cancelled.status, (await cancelled.json()).code], [409, 'no_result'])
  })

  it('cancels the job when the caller hangs up', async () => {
    const caller = new AbortController()
    const call = convert({ signal: caller.signal }).catch(error => error.name)
    const id = await waiting()
    caller.abort()
    assert.equal(await call, 'AbortError')
    await until('it is cancelled', async () => (await stateOf(id)) === 'cancelled')
  })

  it('lets the job go on for a caller who hangs up with detach=1, or will ask again with a key', async () => {
    for (const options of [{ path: '/api/convert?detach=1' }, { headers: { 'idempotency-key': 'again' } }]) {
      const caller = new AbortController()
      const call = convert({ ...options, signal: caller.signal }).catch(error => error.name)
      const id = await waiting()
      caller.abort()
      assert.equal(await call, 'AbortError')
      await work(complete)
      await until('it is completed', async () => (await stateOf(id)) === 'completed')
      await consumer?.stop(0)
    }
    const again = await convert({ headers: { 'idempotency-key': 'again' } })
    assert.deepEqual(Buffer.from(await again.arrayBuffer()), PDF)
  })

  it('answers a waiting caller when the server stops, and leaves the job alone', async () => {
    const call = convert()
    const id = await waiting()
    await testServer.restart()
    const answer = await call
    assert.equal(answer.headers.get('location'), `/api/jobs/${id}`)
    assert.deepEqual([answer.status, (await answer.json()).code], [503, 'restarting'])
    assert.equal(await stateOf(id), 'queued')
    await testServer.jobs.cancel(id)
  })

  it('answers POST /api/jobs when the job has ended, for who prefers to wait, and in time where it has not', async () => {
    const wait = (seconds: number) =>
      send(testServer.url, { name: 'a.pptx', bytes: pptx }, { headers: { prefer: `wait=${seconds}` } })
    const early = await wait(1)
    assert.deepEqual([early.status, early.headers.get('preference-applied')], [202, 'wait=1'])
    await testServer.jobs.cancel((await early.json()).id)
    await work(complete)
    const ended = await wait(10)
    assert.deepEqual([ended.status, (await ended.json()).state], [200, 'completed'])
  })
})
