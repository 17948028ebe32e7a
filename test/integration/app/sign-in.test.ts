import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { io } from 'socket.io-client'
import { createOperators, OPERATOR_COOKIE } from '#app/operators.ts'
import { readConfig } from '#lib/config.ts'
import { openMemoryEndedSessions } from '#lib/records/ended-sessions.ts'
import { ADMIN_TOKEN, SECRET, startTestServer } from '#test/test-server.ts'

const OPERATOR_TOKEN = 'may-look-but-not-act'

describe('signing in to the dashboard', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  before(async () => {
    testServer = await startTestServer({ OPERATOR_TOKEN })
  })
  after(() => testServer.close())

  const post = (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    fetch(testServer.url + path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { accept: 'text/html', ...headers },
      redirect: 'manual',
    })
  const signIn = (token: string, to = '/admin/jobs') => post('/admin/sign-in', { token, to })
  const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''

  it('gives a cookie that no script reads, no other site sends, and that lasts twelve hours', async () => {
    const response = await signIn(ADMIN_TOKEN)
    assert.equal(response.status, 303)
    assert.equal(response.headers.get('location'), '/admin/jobs')
    const cookie = response.headers.get('set-cookie') ?? ''
    assert.match(cookie, new RegExp(`^${OPERATOR_COOKIE}=admin\\.`))
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=43200'])
      assert.ok(cookie.includes(part), cookie)
    assert.ok(!cookie.includes(ADMIN_TOKEN))
    assert.ok(!cookie.includes('Secure'))
    const status = async (cookie: string) =>
      (await fetch(`${testServer.url}/api/admin/queue`, { headers: { cookie } })).status
    assert.equal(await status(cookieOf(response)), 200)
    assert.equal(await status(cookieOf(response).replace('admin.', 'operator.')), 401)
    assert.equal(await status(`${cookieOf(response)}x`), 401)
  })

  it('leads back to pages of the dashboard only', async () => {
    for (const to of [
      'https://example.org/',
      '//example.org',
      '/admin//example.org',
      '/jobs',
      '/administrator',
    ])
      assert.equal((await signIn(ADMIN_TOKEN, to)).headers.get('location'), '/admin', to)
    const to = '/admin/jobs?state=failed&after=1'
    assert.equal((await signIn(ADMIN_TOKEN, to)).headers.get('location'), to)
  })

  it('slows a wrong token down and leads back to the form; a program gets a problem', async () => {
    const begun = performance.now()
    const response = await signIn('wrong')
    assert.ok(performance.now() - begun > 400)
    assert.equal(response.headers.get('location'), '/admin/sign-in?why=wrong&to=%2Fadmin%2Fjobs')
    assert.equal(response.headers.get('set-cookie'), null)
    const problem = await post('/admin/sign-in', { token: '' }, { accept: 'application/json' })
    assert.equal(problem.status, 401)
    assert.equal((await problem.json()).code, 'wrong_token')
  })

  it('refuses forms of other sites', async () => {
    const response = await post('/admin/sign-out', {}, { origin: 'https://example.org' })
    assert.equal(response.status, 403)
  })

  it('ends by signing out', async () => {
    const response = await post('/admin/sign-out')
    assert.equal(response.headers.get('location'), '/admin/sign-in')
    assert.match(response.headers.get('set-cookie') ?? '', /Max-Age=0/)
  })

  it('ends for copies of the cookie too, and for sockets that they opened, by signing out; others stay', async () => {
    const [cookie, other] = [cookieOf(await signIn(ADMIN_TOKEN)), cookieOf(await signIn(ADMIN_TOKEN))]
    const status = async (of: string) =>
      (await fetch(`${testServer.url}/api/admin/queue`, { headers: { cookie: of } })).status
    const socket = io(testServer.url, { transports: ['websocket'], extraHeaders: { cookie } })
    const closed = new Promise<string>(resolve => socket.on('disconnect', resolve))
    try {
      assert.deepEqual(await socket.timeout(5000).emitWithAck('watch', 'jobs'), { ok: true })
      assert.equal(await status(cookie), 200)
      await post('/admin/sign-out', {}, { cookie })
      assert.equal(await status(cookie), 401)
      assert.equal(await status(other), 200)
      assert.equal(await closed, 'io server disconnect')
    } finally {
      socket.disconnect()
    }
  })

  it('lets the socket of an operator watch, and no other', async () => {
    const watch = async (cookie: string, topic: string) => {
      const socket = io(testServer.url, { transports: ['websocket'], extraHeaders: { cookie } })
      try {
        return await socket.timeout(5000).emitWithAck('watch', topic)
      } finally {
        socket.disconnect()
      }
    }
    assert.equal((await watch('', 'jobs')).error.code, 'not_signed_in')
    const cookie = cookieOf(await signIn(OPERATOR_TOKEN))
    assert.deepEqual(await watch(cookie, 'jobs'), { ok: true })
    assert.equal((await watch(cookie, 'secrets')).error.code, 'not_found')
  })
})

describe('a session of an operator', () => {
  const tokens = { ...readConfig({}), adminToken: ADMIN_TOKEN, operatorToken: OPERATOR_TOKEN, secret: SECRET }
  const request = { headers: {} } as Parameters<ReturnType<typeof createOperators>['cookieFor']>[1]
  /** Of another process each time, with the same record of ended sessions. */
  const ended = openMemoryEndedSessions()
  const operators = (more = {}) => createOperators({ ...tokens, ...more }, ended)
  const cookie = (role: 'admin' | 'operator', more = {}) => operators(more).cookieFor(role, request)
  const sessionOf = (given: string, more = {}) =>
    operators(more).sessionOf({ cookie: given.split(';')[0] ?? '' })

  it('ends when its token, or the secret, changes, and not when the other token does', async () => {
    const given = cookie('operator')
    assert.equal((await sessionOf(given))?.role, 'operator')
    assert.equal((await sessionOf(given, { adminToken: 'another token of the admin' }))?.role, 'operator')
    assert.equal(await sessionOf(given, { operatorToken: 'another token' }), undefined)
    assert.equal(await sessionOf(given, { operatorToken: undefined }), undefined)
    assert.equal(await sessionOf(given, { secret: 't'.repeat(32) }), undefined)
  })

  it('ends in every process by signing out, and in one that cannot ask goes on as it was known', async () => {
    const given = cookie('admin')
    const headers = { cookie: given.split(';')[0] ?? '' }
    const away = createOperators(tokens, {
      ...ended,
      list: async () => Promise.reject(new Error('the database is away')),
    })
    assert.equal((await away.sessionOf(headers))?.role, 'admin')
    await operators().signOut({ ...request, headers } as typeof request)
    assert.equal(await sessionOf(given), undefined)
    await away.signOut({ ...request, headers } as typeof request)
    assert.equal(await away.sessionOf(headers), undefined)
  })

  it('ends after twelve hours', async t => {
    const given = cookie('admin')
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 12 * 3_600_000 - 1000 })
    assert.equal((await sessionOf(given))?.role, 'admin')
    t.mock.timers.tick(2000)
    assert.equal(await sessionOf(given), undefined)
  })

  it('has a cookie for encrypted connections only, and for its own path, where they are used', () => {
    const given = cookie('admin', { publicUrl: 'https://example.org', basePath: '/convert' })
    assert.match(given, /; Secure/)
    assert.match(given, /; Path=\/convert/)
  })

  it('is nobody’s without a token: an operator token that is not set fits no token', () => {
    const none = operators({ operatorToken: undefined })
    assert.equal(none.roleByToken(''), undefined)
    assert.equal(none.roleByToken('undefined'), undefined)
  })
})
