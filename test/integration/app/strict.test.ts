import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { deck } from '#test/documents/deck.ts'
import { rightsTo, send, startTestServer } from '#test/test-server.ts'
import { finishUpload, openedUpload, sendPart } from '#test/tus.ts'

describe('what a call does not know', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer
  before(async () => {
    testServer = await startTestServer()
    pptx = await deck({ slides: 1 })
  })
  after(() => testServer.close())

  const refusalOf = async (answer: Response) => {
    const { code, nextStep } = await answer.json()
    return [answer.status, code, nextStep]
  }
  const sources = async () =>
    (await readdir(join(testServer.folder, 'files'), { recursive: true, withFileTypes: true })).filter(
      entry => entry.isFile(),
    ).length

  for (const path of ['/api/jobs', '/api/convert'])
    for (const [name, hint] of [
      ['traget', /^Did you mean “target”\?/],
      ['batch_id', /^Did you mean “batchId”\?/],
      ['pages', /^It is an option: send it in “options”, as in options=\{"pages": …\}\.$/],
      [
        'colour-of-the-sky',
        /^Known here: target, options, batchId, fileName, path, keepFor, keepSource, reuse, webhookUrl\.$/,
      ],
      ['__proto__', /^Known here: /],
    ] as const)
      it(`is refused as a field of a form, with what to do: ${name} to ${path}`, async () => {
        const form = { path, fields: { [name]: '2-3' } }
        const [status, code, nextStep] = await refusalOf(
          await send(testServer.url, { name: 'a.pptx', bytes: pptx }, form),
        )
        assert.deepEqual([status, code], [400, 'unknown_field'])
        assert.match(nextStep, hint)
        assert.equal(await sources(), 0)
      })

  it('is refused twice over: the same field again', async () => {
    const form = new FormData()
    form.append('target', 'pdf')
    form.append('target', 'png')
    form.append('file', new Blob([new Uint8Array(pptx)]), 'a.pptx')
    const answer = await fetch(`${testServer.url}/api/jobs`, { method: 'POST', body: form })
    const { code, message } = await answer.json()
    assert.deepEqual([answer.status, code], [400, 'invalid_request'])
    assert.match(message, /“target” stands in it more than once/)
    assert.equal(await sources(), 0)
  })

  for (const [what, body] of [
    ['of an object', '{"uploadId":"x","fileName":"a","fileName":"b"}'],
    ['within another', '{"uploadId":"x","options":{"pages":"1","pages":"2"}}'],
  ] as const)
    it(`is refused twice over in JSON: the same field ${what}`, async () => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${testServer.url}/api/jobs`, { method: 'POST', headers, body })
      const { code, message } = await answer.json()
      assert.deepEqual([answer.status, code], [400, 'invalid_request'])
      assert.match(message, /stands in the body more than once/)
    })

  it('is refused twice over in a form’s options', async () => {
    const fields = { options: '{"pages":"1","pages":"2"}' }
    const answer = await send(testServer.url, { name: 'a.pptx', bytes: pptx }, { fields })
    assert.match((await answer.json()).message, /“pages” stands in the field “options” more than once/)
    const broken = await send(testServer.url, { name: 'a.pptx', bytes: pptx }, { fields: { options: '{' } })
    assert.match((await broken.json()).message, /the field “options” is not JSON/)
  })

  it('is refused as an option, with the nearest one', async () => {
    const answer = await send(
      testServer.url,
      { name: 'a.pptx', bytes: pptx },
      { fields: { options: '{"page":1}' } },
    )
    const [status, code, nextStep] = await refusalOf(answer)
    assert.deepEqual([status, code], [422, 'unknown_option'])
    assert.match(nextStep, /^Did you mean “pages”\?/)
  })

  it('is refused as a field of a JSON object', async () => {
    const answer = await finishUpload(testServer.url, {
      uploadId: randomUUID(),
      fileName: 'a.pptx',
      filename: 'b.pptx',
    })
    const [status, code, nextStep] = await refusalOf(answer)
    assert.deepEqual([status, code], [400, 'unknown_field'])
    assert.match(nextStep, /^Did you mean “fileName”\?/)
  })

  for (const [method, path, code, said] of [
    ['GET', '/api/jobs?limt=5', 'unknown_parameter', /^Did you mean “limit”\?/],
    ['GET', '/api/jobs?limit=5&limit=6', 'invalid_request', /./],
    ['HEAD', '/api/jobs?limt=5', undefined, /./],
    ['GET', `/api/jobs/${randomUUID()}?wait=3`, 'unknown_parameter', /takes no query/],
    ['GET', '/api/formats?target=pdf', 'unknown_parameter', /takes no query/],
    ['DELETE', `/api/jobs/${randomUUID()}?purge=yes`, 'invalid_request', /./],
    ['POST', '/api/convert?detached=1', 'unknown_parameter', /^Did you mean “detach”\?/],
    ['POST', '/api/convert?detach=true', 'invalid_request', /./],
    ['POST', '/api/jobs?target=png', 'unknown_parameter', /takes no query/],
    ['GET', `/api/result/${randomUUID()}?__proto__=1`, 'unknown_parameter', /^Known here: inline\.$/],
  ] as const)
    it(`is refused in the query: ${method} ${path}`, async () => {
      const answer = await fetch(testServer.url + path, { method })
      assert.equal(answer.status, 400)
      if (method === 'HEAD') return
      const [, given, nextStep] = await refusalOf(answer)
      assert.equal(given, code)
      assert.match(nextStep, said)
    })

  it('is exempt in the metadata of an upload, from where its name may come', async () => {
    const coded = (text: string) => Buffer.from(text).toString('base64')
    const metadata = `filename ${coded('Bericht 1.pptx')},favourite ${coded('blue')}`
    const uploadId = await openedUpload(testServer.url, pptx.length, { 'upload-metadata': metadata })
    await sendPart(testServer.url, uploadId, { offset: 0, bytes: pptx })
    const answer = await finishUpload(testServer.url, { uploadId })
    const job = await answer.json()
    assert.deepEqual([answer.status, job.fileName], [202, 'Bericht 1.pptx'])
    const { url } = testServer
    const headers = rightsTo(job.id)
    await fetch(`${url}/api/jobs/${job.id}`, { method: 'DELETE', headers })
    await fetch(`${url}/api/jobs/${job.id}?purge=1`, { method: 'DELETE', headers })
  })

  it('is refused as an Idempotency-Key too long to be kept', async () => {
    const headers = { 'idempotency-key': 'k'.repeat(201) }
    const [status, code] = await refusalOf(
      await send(testServer.url, { name: 'a.pptx', bytes: pptx }, { headers }),
    )
    assert.deepEqual([status, code], [400, 'invalid_request'])
  })
})
