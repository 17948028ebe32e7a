import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { CreatedJob, Snapshot } from '#lib/vocabulary/snapshot.ts'
import { sendWebhook } from '#lib/webhooks/send-webhook.ts'
import { deck } from '#test/documents/deck.ts'
import { ADMIN_TOKEN, rightsTo, SECRET, send, startTestServer, workWith } from '#test/test-server.ts'
import { openedUpload, sendPart, uploadedAs } from '#test/tus.ts'
import { until } from '#test/until.ts'
import { openWebhookReceiver, type ReceivedWebhook, type WebhookReceiver } from '#test/webhook-receiver.ts'

const PDF = Buffer.from('%PDF-1.4 0123456789')

type Created = CreatedJob & { webhookSecret?: string; ownerToken?: string }

describe('webhooks of jobs and batches', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let receiver: WebhookReceiver
  let pptx: Buffer
  let cookie: string
  const endings: (() => Promise<unknown>)[] = []

  before(async () => {
    testServer = await startTestServer({ WEBHOOK_ALLOW_PRIVATE: 'true' })
    receiver = await openWebhookReceiver()
    const { jobs, storage } = testServer
    const options = { jobs, secret: SECRET, basePath: '', allowPrivate: true }
    const webhooks = await jobs.deliverWebhooks(event => sendWebhook(event, options))
    const consumer = await workWith(jobs, storage, PDF)
    endings.push(
      () => webhooks.stop(),
      () => consumer.stop(1000),
      () => receiver.close(),
      () => testServer.close(),
    )
    pptx = await deck({ slides: 1 })
    cookie = ((await fetch(testServer.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  })
  after(async () => {
    for (const end of endings) await end()
  })
  beforeEach(() => {
    receiver.got.length = 0
    receiver.status = 204
  })

  const call = (path: string, method = 'GET', headers: Record<string, string> = { cookie }) =>
    fetch(`${testServer.url}${path}`, { method, headers })
  const postJson = (path: string, body: object, more: Record<string, string> = {}) =>
    fetch(`${testServer.url}${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...more },
      body: JSON.stringify(body),
    })
  const sendForm = (fields: Record<string, string>, headers: Record<string, string> = { cookie }) =>
    send(testServer.url, { name: 'Übung.pptx', bytes: pptx }, { fields, headers })
  const upload = async (bytes: Buffer) => {
    const id = await openedUpload(testServer.url, bytes.length, { cookie })
    await sendPart(testServer.url, id, { offset: 0, bytes, headers: { cookie } })
    return id
  }
  const created = async (answer: Response): Promise<Created> => {
    assert.equal(answer.status, 202, await answer.clone().text())
    return answer.json()
  }
  const told = (id: string): Promise<ReceivedWebhook> =>
    until('the webhook was told', () => receiver.got.find(({ payload }) => payload.data.id === id))
  async function checkTold({ id, webhookSecret = '' }: Created): Promise<void> {
    const { headers, verifiedBy } = await told(id)
    assert.match(webhookSecret, /^whsec_/)
    const payload = verifiedBy(webhookSecret)
    const now: Snapshot = await (await call(`/api/status/${id}`)).json()
    const { timeline: _, version: __, ...status } = now as Snapshot & { timeline: object[] }
    const { version: ___, ...data } = payload.data as Snapshot
    assert.deepEqual([payload.type, payload.timestamp], [`job.${now.state}`, now.finishedAt])
    assert.deepEqual(data, status, 'it is told what the status says')
    assert.equal(headers['content-type'], 'application/json')
    assert.throws(() => verifiedBy(webhookSecret.replace(/.{8}$/, 'AAAAAAA=')))
    assert.ok(!JSON.stringify(payload).includes('whsec_'))
  }

  it('tells the end of a job, signed by the secret that came with the answer, however it was sent', async () => {
    const { url: webhookUrl } = receiver
    const form = await created(await sendForm({ webhookUrl }))
    await checkTold(form)
    const uploadId = await upload(pptx)
    const json = { uploadId, fileName: 'a.pptx', webhookUrl }
    await checkTold(await created(await postJson('/api/jobs', json)))
    await checkTold(await created(await postJson('/api/jobs', { retryOf: form.id, webhookUrl })))
    const sources = [{ jobId: form.id }, { uploadId: await uploadedAs(testServer.url, 'b.pptx', pptx) }]
    await checkTold(await created(await postJson('/api/jobs', { sources, webhookUrl })))
    const inOneCall = { path: '/api/convert', fields: { webhookUrl }, headers: { cookie } }
    const converted = await send(testServer.url, { name: 'a.pptx', bytes: pptx }, inOneCall)
    const id = converted.headers.get('location')?.split('/').at(-1) ?? ''
    const { verifiedBy } = await told(id)
    assert.equal(verifiedBy(converted.headers.get('x-webhook-secret') ?? '').type, 'job.completed')
    const bare = await created(await sendForm({}))
    assert.equal(bare.webhookSecret, undefined)
    assert.equal(receiver.got.length, 5)
  })

  it('gives the secret once: with a repeated request to its owner alone', async () => {
    const { url: webhookUrl } = receiver
    const again = { cookie, 'idempotency-key': 'mine' }
    const [first, second] = [
      await created(await sendForm({ webhookUrl }, again)),
      await created(await sendForm({ webhookUrl }, again)),
    ]
    assert.deepEqual([second.id, second.webhookSecret], [first.id, first.webhookSecret])
    const { cookie: _, ...anonymous } = again
    const [own, others] = [
      await created(await sendForm({ webhookUrl }, anonymous)),
      await created(await sendForm({ webhookUrl }, anonymous)),
    ]
    assert.equal(others.id, own.id)
    assert.ok(own.webhookSecret)
    assert.equal(others.webhookSecret, undefined, 'an address proves nothing')
    assert.ok(!(await (await call(`/api/jobs/${first.id}`)).text()).includes('webhook'))
  })

  it('shows its owner what became of it, and sends it again with the same id', async () => {
    receiver.status = 500
    const job = await created(await sendForm({ webhookUrl: receiver.url }))
    const path = `/api/jobs/${job.id}/webhook`
    const shown = async () => (await call(path)).json()
    const pending = await until('the first try is kept', async () => {
      const view = await shown()
      return view.tries.length > 0 && view
    })
    assert.deepEqual([pending.url, pending.state], [receiver.url, 'pending'])
    assert.ok(Date.parse(pending.nextTryAt) > Date.now())
    const [{ status, error, attempt, event, webhookId }] = pending.tries
    assert.deepEqual([status, error, attempt, event], [500, null, 1, 'job.completed'])
    assert.equal(webhookId, receiver.got[0]?.headers['webhook-id'])

    receiver.status = 200
    const resent = await call(path, 'POST')
    assert.equal(resent.status, 202)
    await until('it is delivered', async () => (await shown()).state === 'delivered')
    const ids = receiver.got.map(({ headers }) => headers['webhook-id'])
    assert.deepEqual([ids.length, new Set(ids).size], [2, 1])
    assert.equal((await shown()).nextTryAt, null)

    const actions = `/admin/jobs/${job.id}/resend-webhook`
    assert.equal((await call(actions, 'POST')).status, 401, 'its owner is no operator')
    const byOperator = { authorization: `Bearer ${ADMIN_TOKEN}` }
    assert.equal((await call(actions, 'POST', byOperator)).status, 200)
    await until('an operator had it sent again', () => receiver.got.length === 3)
    assert.equal(receiver.got[2]?.headers['webhook-id'], webhookId)

    for (const method of ['GET', 'POST']) {
      assert.equal((await call(path, method, {})).status, 403)
      assert.equal((await call(path, method, rightsTo(job.id))).status, method === 'GET' ? 200 : 202)
    }
    const bare = await created(await sendForm({}))
    const none = await call(`/api/jobs/${bare.id}/webhook`)
    assert.deepEqual([none.status, (await none.json()).code], [404, 'no_webhook'])
    const refused = await call(`/admin/jobs/${bare.id}/resend-webhook`, 'POST', byOperator)
    assert.deepEqual([refused.status, (await refused.json()).code], [404, 'no_webhook'])
  })

  it('tells the end of a batch once, when all of its files have ended', async () => {
    const form = new FormData()
    form.set('webhookUrl', receiver.url)
    for (const name of ['a.pptx', 'b.pptx', 'c.pptx'])
      form.append('file', new Blob([new Uint8Array(pptx)]), name)
    const init = { method: 'POST', body: form, headers: { cookie } }
    const answer = await fetch(`${testServer.url}/api/batches`, init)
    const { batch, webhookSecret } = await answer.json()
    const { verifiedBy } = await told(batch.id)
    const { type, data } = verifiedBy(webhookSecret)
    assert.equal(type, 'batch.ended')
    assert.ok('counts' in data)
    assert.deepEqual([data.total, data.counts.completed, data.secondsLeft], [3, 3, 0])
    const path = `/api/batches/${batch.id}/webhook`
    await until('that is kept', async () => (await (await call(path)).json()).state === 'delivered')
    assert.equal((await call(path, 'POST', {})).status, 403)
    assert.equal((await call(path, 'POST')).status, 202)
    await until('it came again', () => receiver.got.length === 2)
    assert.equal(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size, 1)
    const { id } = (await (await call(`/api/batches/${batch.id}`)).json()).jobs[0]
    assert.equal((await call(`/api/jobs/${id}/webhook`)).status, 404, 'its jobs have none of their own')
    const uploads = [{ uploadId: await upload(pptx), fileName: 'd.pptx' }]
    const other = { uploads, webhookUrl: receiver.url }
    const key = { 'idempotency-key': 'once' }
    const { batch: second, webhookSecret: its } = await (await postJson('/api/batches', other, key)).json()
    assert.notEqual(its, webhookSecret)
    assert.equal((await told(second.id)).verifiedBy(its).type, 'batch.ended')
    const repeated = await (await postJson('/api/batches', other, key)).json()
    assert.deepEqual([repeated.batch.id, repeated.webhookSecret], [second.id, its])
    assert.equal(receiver.got.length, 3, 'it ended once')
  })

  it('refuses a URL that leads to no webhook, and a private one unless the operator allows it', async t => {
    const wrong = await sendForm({ webhookUrl: 'ftp://example.org' })
    const problem = await wrong.json()
    assert.deepEqual([wrong.status, problem.code], [422, 'webhook_url_invalid'])
    assert.match(problem.nextStep, /https:/)
    const strict = await startTestServer()
    t.after(() => strict.close())
    for (const webhookUrl of [receiver.url, 'http://localhost:1/', 'http://169.254.169.254/latest']) {
      const refused = await send(strict.url, { name: 'a.pptx', bytes: pptx }, { fields: { webhookUrl } })
      assert.deepEqual([refused.status, (await refused.json()).code], [422, 'webhook_url_private'])
    }
    const kept = []
    for await (const key of strict.storage.list('jobs/')) kept.push(key)
    assert.deepEqual(kept, [], 'a refused file is deleted')
  })
})
