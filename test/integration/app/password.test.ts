import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { unseal } from '#lib/seal.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { publish, rightsTo, SECRET, send, startTestServer } from '#test/test-server.ts'
import { finishUpload, openedUpload, sendPart } from '#test/tus.ts'
import { until } from '#test/until.ts'

describe('a password that comes with a file', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let locked: Buffer
  before(async () => {
    testServer = await startTestServer()
    locked = await lockedDeck()
  })
  after(() => testServer.close())

  const sendWith = (name: string, bytes: Buffer, options: object) =>
    send(testServer.url, { name, bytes }, { fields: { options: JSON.stringify(options) } })

  it('lets a locked file in, and is kept sealed', async () => {
    const answer = await sendWith('deck.pptx', locked, { password: 'secret', pages: '1' })
    assert.equal(answer.status, 202)
    const snapshot = (await answer.json()) as Snapshot
    assert.deepEqual([snapshot.source.format, snapshot.options], ['pptx', { pages: '1' }])
    assert.ok(!JSON.stringify(snapshot).includes('secret'))
    const sealed = (await testServer.jobs.get(snapshot.id))?.sealed ?? ''
    assert.deepEqual(JSON.parse(unseal(sealed, SECRET)), { password: 'secret' })
  })

  it('is refused beside a file that is not locked', async () => {
    const answer = await sendWith('deck.pptx', await deck({ slides: 1 }), { password: 'secret' })
    assert.deepEqual([answer.status, (await answer.json()).code], [422, 'option_without_effect'])
  })

  it('does not help where the name says nothing of what is locked', async () => {
    const answer = await sendWith('deck', locked, { password: 'secret' })
    assert.deepEqual([answer.status, (await answer.json()).code], [422, 'password_required'])
  })
})

describe('a locked file without its password', () => {
  const WRONG = new AppError('wrong_password').toStoredError()
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let locked: Buffer
  before(async () => {
    testServer = await startTestServer({ OWNER_WAITING: '5' })
    locked = await lockedDeck()
  })
  after(() => testServer.close())

  const sendLocked = (options = {}) => send(testServer.url, { name: 'deck.pptx', bytes: locked }, options)
  const created = async (options = {}): Promise<Snapshot> => (await sendLocked(options)).json()
  const enter = (id: string, body: unknown, headers = rightsTo(id)) =>
    fetch(`${testServer.url}/api/jobs/${id}/password`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const snapshotFor = async (id: string): Promise<Snapshot> =>
    (await fetch(`${testServer.url}/api/jobs/${id}`)).json()
  const clear = async (...ids: string[]) => {
    for (const id of ids) await testServer.jobs.purge(id)
  }
  const refusalOf = async (answer: Response) => [answer.status, (await answer.json()).code]
  /** Converts what is opened by `secret`. */
  const work = () =>
    testServer.jobs.consume(
      async attempt => {
        const { password } = JSON.parse(unseal(attempt.job.sealed ?? '', SECRET))
        if (password !== 'secret') await attempt.failIfStillMine(WRONG)
        else await publish(testServer.storage, attempt, Buffer.from('%PDF-1.4'))
      },
      { worker: 'test/1', slots: 1 },
    )

  it('is a job that needs it, with no place in the queue, and is converted once it is entered', async t => {
    const answer = await sendLocked({ fields: { options: '{"resultPassword":"other","pages":"1"}' } })
    const job: Snapshot = await answer.json()
    assert.deepEqual([answer.status, job.state, job.needs, job.queue], [202, 'queued', 'password', null])
    assert.deepEqual([job.source.format, job.error], ['pptx', null])
    const consumer = await work()
    t.after(() => consumer.stop(0))
    const wrong = await enter(job.id, { password: 'wrong' })
    const waiting: Snapshot = await wrong.json()
    assert.deepEqual([wrong.status, waiting.state, waiting.needs], [202, 'queued', null])
    const asked = await until('it is asked again', async () => {
      const now = await snapshotFor(job.id)
      return now.needs && now
    })
    assert.equal(asked.error?.code, 'password_asked_again')
    assert.match(asked.error?.nextStep ?? '', /Tries left: 5\./)
    assert.equal((await enter(job.id, { password: 'secret' })).status, 202)
    await until('it is completed', async () => (await snapshotFor(job.id)).state === 'completed')
    assert.equal((await testServer.jobs.get(job.id))?.sealed, null)
    assert.deepEqual(await refusalOf(await enter(job.id, { password: 'secret' })), [
      409,
      'password_not_needed',
    ])
    await clear(job.id)
  })

  it('keeps the other secrets that came with it', async () => {
    const { id } = await created({ fields: { options: '{"resultPassword":"other"}' } })
    await enter(id, { password: 'secret' })
    const { sealed } = (await testServer.jobs.get(id)) ?? {}
    assert.deepEqual(JSON.parse(unseal(sealed ?? '', SECRET)), {
      resultPassword: 'other',
      password: 'secret',
    })
    await clear(id)
  })

  it('may have come in parts', async () => {
    const uploadId = await openedUpload(testServer.url, locked.length)
    await sendPart(testServer.url, uploadId, { offset: 0, bytes: locked })
    const job = await (await finishUpload(testServer.url, { uploadId, fileName: 'deck.pptx' })).json()
    assert.deepEqual([job.id, job.needs], [uploadId, 'password'])
    await clear(uploadId)
  })

  it('takes its password from its owner alone, and only a whole one', async () => {
    const { id } = await created()
    assert.deepEqual(await refusalOf(await enter(id, { password: 'secret' }, {})), [403, 'not_your_job'])
    assert.deepEqual(await refusalOf(await enter(id, { password: '' })), [422, 'invalid_option'])
    assert.deepEqual(await refusalOf(await enter(id, { pasword: 'secret' })), [400, 'unknown_field'])
    assert.deepEqual(await refusalOf(await enter(id, {})), [400, 'invalid_request'])
    assert.deepEqual(await refusalOf(await enter('1', {})), [404, 'job_not_found'])
    assert.equal((await snapshotFor(id)).needs, 'password')
    await clear(id)
  })

  it('is refused at once where its sender waits for the end', async () => {
    const waited = await sendLocked({ headers: { prefer: 'wait=20' } })
    assert.deepEqual(await refusalOf(waited), [422, 'password_required'])
    assert.deepEqual(await refusalOf(await sendLocked({ path: '/api/convert' })), [422, 'password_required'])
  })

  it('is answered at once when its password is found to be wrong while its sender waits', async t => {
    const consumer = await work()
    t.after(() => consumer.stop(0))
    const fields = { options: '{"password":"wrong"}' }
    const converted = await sendLocked({ path: '/api/convert', fields })
    const id = converted.headers.get('location')?.split('/').at(-1) ?? ''
    assert.deepEqual(await refusalOf(converted), [422, 'wrong_password'])
    assert.equal((await snapshotFor(id)).state, 'cancelled')
    const detached = await sendLocked({ path: '/api/convert?detach=1', fields })
    const kept = detached.headers.get('location')?.split('/').at(-1) ?? ''
    assert.deepEqual(await refusalOf(detached), [422, 'wrong_password'])
    assert.equal((await snapshotFor(kept)).needs, 'password')
    const waited = await sendLocked({ headers: { prefer: 'wait=20' }, fields })
    const job: Snapshot = await waited.json()
    assert.deepEqual([waited.status, job.needs], [202, 'password'])
    await clear(id, kept, job.id)
  })

  it('is one of as many as jobs of its owner may wait', async () => {
    const ids: string[] = []
    for (let n = 0; n < 5; n++) ids.push((await created()).id)
    const one = await sendLocked()
    assert.deepEqual(await refusalOf(one), [429, 'too_many_locked'])
    await clear(...ids)
  })
})
