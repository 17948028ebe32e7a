import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { linkedPdf } from '#test/documents/linked-pdf.ts'
import { rightsTo, send, startTestServer, workWith } from '#test/test-server.ts'
import { askUpload, finishUpload, uploadedAs } from '#test/tus.ts'
import { until } from '#test/until.ts'

const PDF = Buffer.from(linkedPdf())

describe('a job of several sources', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer
  before(async () => {
    testServer = await startTestServer()
    pptx = await deck({ slides: 1 })
  })
  after(() => testServer.close())

  const merge = (sources: object[], more: object = {}) => finishUpload(testServer.url, { sources, ...more })
  const codeOf = async (answer: Response) => [answer.status, (await answer.json()).code]
  const keysOf = async (id: string) =>
    (await Readable.from(testServer.storage.list(`jobs/${id}/`)).toArray())
      .map(key => String(key).split('/').at(-1))
      .sort()

  const uploaded = (name: string, bytes = pptx) => uploadedAs(testServer.url, name, bytes)

  /** A job that is completed, with a PDF as its result. */
  async function completed() {
    const consumer = await workWith(testServer.jobs, testServer.storage, PDF)
    const { id } = await (await send(testServer.url, { name: 'deck.pptx', bytes: pptx })).json()
    await until('it is done', async () => (await testServer.jobs.get(id))?.state === 'completed')
    await consumer.stop(0)
    return id as string
  }

  const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

  it('owns uploads and results of jobs, in the order of the call', async () => {
    const [first, second, earlier] = [
      await uploaded('a.pptx'),
      await uploaded('b.pdf', PDF),
      await completed(),
    ]
    const answer = await merge([{ jobId: earlier }, { uploadId: first }, { uploadId: second }])
    const job: Snapshot = await answer.json()
    assert.equal(answer.status, 202)
    assert.deepEqual(
      [job.id, job.fileName, job.target, job.sources],
      [
        ...[first, 'merged.pdf', 'pdf'],
        [
          { fileName: 'deck.pdf', format: 'pdf', bytes: PDF.length, sha256: sha(PDF) },
          { fileName: 'a.pptx', format: 'pptx', bytes: pptx.length, sha256: sha(pptx) },
          { fileName: 'b.pdf', format: 'pdf', bytes: PDF.length, sha256: sha(PDF) },
        ],
      ],
    )
    assert.deepEqual(await keysOf(job.id), ['source', 'source-1', 'source-3'])
    assert.deepEqual(await keysOf(second), [])
    assert.equal((await askUpload(testServer.url, first)).status, 404)
    await fetch(`${testServer.url}/api/jobs/${earlier}?purge=1`, {
      method: 'DELETE',
      headers: rightsTo(earlier),
    })
    const { sources } = (await testServer.jobs.get(job.id)) ?? {}
    const bytes = await buffer(await testServer.storage.read(sources?.[0]?.key ?? ''))
    assert.deepEqual(bytes, PDF)
    await fetch(`${testServer.url}/api/jobs/${job.id}?purge=1`, {
      method: 'DELETE',
      headers: rightsTo(job.id),
    })
    assert.deepEqual(await keysOf(job.id), [])
  })

  it('is the same job when it is asked for again, and twice at once', async () => {
    const sources = [{ uploadId: await uploaded('a.pptx') }, { uploadId: await uploaded('b.pdf', PDF) }]
    const answers = await Promise.all([1, 2].map(() => merge(sources)))
    const again = await merge(sources)
    const jobs = await Promise.all([...answers, again].map(answer => answer.json()))
    assert.equal(new Set(jobs.map(({ id }) => id)).size, 1, JSON.stringify(jobs))
  })

  it('is the same job under one Idempotency-Key, also of results alone, and leaves one copy of them', async () => {
    const sources = [{ jobId: await completed() }, { jobId: await completed() }]
    const ask = (asked: object[]) =>
      finishUpload(testServer.url, { sources: asked }, { 'idempotency-key': 'one merge' })
    const [first, second] = [await (await ask(sources)).json(), await (await ask(sources)).json()]
    assert.equal(second.id, first.id)
    const keys = await Readable.from(testServer.storage.list('jobs/')).toArray()
    assert.deepEqual(
      keys.filter(key => key.endsWith('/source-1')),
      [`jobs/${first.id}/source-1`],
    )
    const other = await ask([...sources, ...sources])
    assert.deepEqual(await codeOf(other), [422, 'idempotency_conflict'])
  })

  it('is refused with the name of the part that cannot be converted; the other uploads stay', async () => {
    const [good, bad] = [await uploaded('good.pptx'), await uploaded('bad.pptx', PDF)]
    const answer = await merge([{ uploadId: good }, { uploadId: bad }])
    const { code, detail } = await answer.json()
    assert.deepEqual([answer.status, code], [422, 'type_mismatch'])
    assert.match(detail, /^“bad.pptx”: /)
    assert.deepEqual(await keysOf(good), ['source'])
    assert.equal((await merge([{ uploadId: good }, { uploadId: await uploaded('c.pdf', PDF) }])).status, 202)
  })

  it('needs at least two sources that exist and are ready', async () => {
    const uploadId = await uploaded('a.pptx')
    const waiting = await (await send(testServer.url, { name: 'deck.pptx', bytes: pptx })).json()
    const none = '00000000-0000-4000-8000-000000000000'
    assert.deepEqual(await codeOf(await merge([{ uploadId }])), [400, 'invalid_request'])
    assert.deepEqual(await codeOf(await merge([{ uploadId }, { jobId: waiting.id }])), [409, 'not_ready'])
    assert.deepEqual(await codeOf(await merge([{ uploadId }, { jobId: none }])), [404, 'job_not_found'])
    assert.deepEqual(await codeOf(await merge([{ uploadId }, { uploadId: none }])), [404, 'upload_not_found'])
    assert.deepEqual(await keysOf(uploadId), ['source'])
  })

  it('takes options that have an effect on one of them, and none that name pages', async () => {
    const sources = [{ uploadId: await uploaded('a.pptx') }, { uploadId: await uploaded('b.pdf', PDF) }]
    const asked = (options: object, target = 'pdf') => merge(sources, { options, target })
    assert.deepEqual(await codeOf(await asked({ pages: '1' })), [422, 'option_without_effect'])
    assert.deepEqual(await codeOf(await asked({ landscape: true })), [422, 'option_without_effect'])
    assert.deepEqual(await codeOf(await asked({}, 'png')), [422, 'unsupported_target'])
    assert.equal((await asked({ hiddenSlides: true, resultPassword: 'open' })).status, 202)
  })
})

describe('a PDF that is sent alone', () => {
  it('is split or locked, and refused where nothing is to be done with it', async t => {
    const testServer = await startTestServer()
    t.after(() => testServer.close())
    const asked = async (options: object) => {
      const fields = { options: JSON.stringify(options) }
      const answer = await send(testServer.url, { name: 'a.pdf', bytes: PDF }, { fields })
      return (await answer.json()).code ?? answer.status
    }
    assert.equal(await asked({ split: '1-2, 3' }), 202)
    assert.equal(await asked({ resultPassword: 'open' }), 202)
    assert.equal(await asked({}), 'already_pdf')
    assert.equal(await asked({ split: '3,' }), 'invalid_option')
    assert.equal(await asked({ split: '1', pages: '1' }), 'options_exclude')
    assert.equal(await asked({ split: '1', password: 'open' }), 'option_without_effect')
  })
})
