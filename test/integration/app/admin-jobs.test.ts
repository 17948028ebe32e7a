import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { io, type Socket } from 'socket.io-client'
import { MOST_PREVIEWED, previewBulk } from '#app/bulk-jobs.ts'
import type { JobFilter, JobListing } from '#lib/vocabulary/job-filter.ts'
import { deck } from '#test/documents/deck.ts'
import { ADMIN_TOKEN, send, startTestServer } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const OPERATOR_TOKEN = 'may-look-but-not-act'

describe('what operators do to jobs', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer
  before(async () => {
    testServer = await startTestServer({ OPERATOR_TOKEN })
    pptx = await deck({ slides: 1 })
  })
  after(() => testServer.close())

  const create = async (batchId: string = randomUUID()): Promise<string> =>
    (await (await send(testServer.url, { name: 'deck.pptx', bytes: pptx }, { fields: { batchId } })).json())
      .id
  const act = (path: string, fields: [string, string][] = [], token = ADMIN_TOKEN) =>
    fetch(testServer.url + path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { authorization: `Bearer ${token}` },
    })
  const stateOf = async (id: string) => (await testServer.jobs.get(id))?.state
  const hasSource = async (id: string) => (await testServer.storage.size(`jobs/${id}/source`)) !== undefined

  it('cancels, tries again and deletes a job of anybody', async () => {
    const id = await create()
    assert.equal((await act(`/admin/jobs/${id}/cancel`)).status, 200)
    assert.equal(await stateOf(id), 'cancelled')
    assert.equal((await act(`/admin/jobs/${id}/cancel`)).status, 409)
    assert.equal((await act(`/admin/jobs/${id}/retry`)).status, 200)
    assert.equal(await stateOf(id), 'queued')
    assert.equal((await (await act(`/admin/jobs/${id}/delete`)).json()).code, 'not_ended')
    await act(`/admin/jobs/${id}/cancel`)
    assert.equal((await act(`/admin/jobs/${id}/delete`)).status, 200)
    assert.equal(await hasSource(id), false)
    assert.equal((await testServer.jobs.get(id))?.receipt?.by, 'owner')
  })

  it('is for the admin token alone, and unknown jobs are none', async () => {
    const id = await create()
    const refused = await act(`/admin/jobs/${id}/cancel`, [], OPERATOR_TOKEN)
    assert.equal(refused.status, 403)
    assert.equal((await refused.json()).code, 'look_only')
    assert.equal((await act(`/admin/jobs/${id}/cancel`, [], 'wrong')).status, 401)
    assert.equal(await stateOf(id), 'queued')
    for (const unknown of [randomUUID(), 'x'])
      assert.equal((await act(`/admin/jobs/${unknown}/retry`)).status, 404)
  })

  it('leads a browser back to its page with what was done, or to the sign-in page', async () => {
    const id = await create()
    const post = (token: string) =>
      fetch(`${testServer.url}/admin/jobs/${id}/cancel`, {
        method: 'POST',
        body: new URLSearchParams({ back: '/admin/jobs?state=queued&done=old' }),
        headers: { accept: 'text/html', authorization: `Bearer ${token}` },
        redirect: 'manual',
      })
    assert.match((await post('wrong')).headers.get('location') ?? '', /^\/admin\/sign-in\?to=%2Fadmin%2Fjobs/)
    assert.equal(
      (await post(ADMIN_TOKEN)).headers.get('location'),
      '/admin/jobs?state=queued&done=cancel_job',
    )
    assert.equal(
      (await post(ADMIN_TOKEN)).headers.get('location'),
      '/admin/jobs?state=queued&problem=job_finished',
    )
  })

  it('acts on chosen jobs and on all that a search finds; a second time changes nothing', async () => {
    const batchId = randomUUID()
    const ids = await Promise.all([create(batchId), create(batchId), create(batchId)])
    const [first = '', ...others] = ids
    const chosen: [string, string][] = [
      ['action', 'cancel'],
      ['id', first],
      ['id', randomUUID()],
    ]
    assert.deepEqual(await (await act('/admin/jobs/bulk', chosen)).json(), {
      changed: 1,
      unchanged: 0,
      left: 0,
    })
    const filter: JobFilter = { batchId }
    const preview = await previewBulk('cancel', { filter }, testServer)
    assert.deepEqual(preview, { touched: { queued: 2 }, untouched: { has_ended: 1 }, isMore: false })
    const all: [string, string][] = [
      ['action', 'cancel'],
      ['scope', 'all'],
      ['batchId', batchId],
    ]
    assert.deepEqual(await (await act('/admin/jobs/bulk', all)).json(), { changed: 2, unchanged: 1, left: 0 })
    assert.deepEqual(await (await act('/admin/jobs/bulk', all)).json(), { changed: 0, unchanged: 3, left: 0 })
    for (const id of others) assert.equal(await stateOf(id), 'cancelled')
  })

  it('refuses an action that there is not, and a filter that would find more than was meant', async () => {
    for (const fields of [
      [],
      [['action', 'purge']],
      [
        ['action', 'cancel'],
        ['scope', 'all'],
        ['batchId', 'mine'],
      ],
    ])
      assert.equal((await act('/admin/jobs/bulk', fields as [string, string][])).status, 400)
  })

  it('looks at a bounded number of jobs before it acts', async () => {
    const batchId = randomUUID()
    const one = (await testServer.jobs.search.findByIds([await create(batchId)]))[0] as JobListing
    const items = Array.from({ length: 100 }, () => one)
    const find = async () => ({ items, next: 'more' })
    const jobs = { ...testServer.jobs, search: { ...testServer.jobs.search, find } }
    const { touched, isMore } = await previewBulk('cancel', { filter: {} }, { jobs })
    assert.deepEqual({ touched, isMore }, { touched: { queued: MOST_PREVIEWED }, isMore: true })
  })

  it('is pushed to operators who look at the jobs, once a second', async t => {
    const signedIn = await fetch(`${testServer.url}/admin/sign-in`, {
      method: 'POST',
      body: new URLSearchParams({ token: OPERATOR_TOKEN }),
      redirect: 'manual',
    })
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    const pushed: JobListing[] = []
    const open = async (headers: Record<string, string>): Promise<Socket> => {
      const socket = io(testServer.url, { transports: ['websocket'], extraHeaders: headers })
      t.after(() => socket.disconnect())
      socket.on('jobRows', ({ rows }) => void pushed.push(...rows))
      await socket.timeout(5000).emitWithAck('watch', 'jobs')
      return socket
    }
    await open({})
    const id = await create()
    await open({ cookie })
    assert.equal(pushed.length, 0)
    await act(`/admin/jobs/${id}/cancel`)
    await until('the row is pushed', () => pushed.some(row => row.id === id && row.state === 'cancelled'))
    assert.equal(pushed.filter(row => row.id === id).length, 1)
  })
})
