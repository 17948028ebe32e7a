import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createDatabase } from '#test/create-database.ts'
import { startTestServer } from '#test/test-server.ts'

describe('presets over the API', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let database: Awaited<ReturnType<typeof createDatabase>>
  let cookie: string

  before(async () => {
    database = await createDatabase()
    testServer = await startTestServer({ DATABASE_URL: database.url })
    cookie = await newCookie()
  })
  after(async () => {
    await testServer.close()
    await database.drop()
  })

  const newCookie = async () => (await fetch(testServer.url)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const ask = (method: string, name = '', { body, as = cookie }: { body?: object; as?: string } = {}) =>
    fetch(`${testServer.url}/api/presets${name && `/${encodeURIComponent(name)}`}`, {
      method,
      headers: { cookie: as, 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    })
  const listed = async (as = cookie) =>
    ((await (await ask('GET', '', { as })).json()) as { presets: object[] }).presets
  const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

  it('are kept by name, replaced, and forgotten', async () => {
    await ask('PUT', 'Für Anna', { body: { target: 'png', options: { pages: 'all' } } })
    await ask('PUT', 'Für Anna', { body: { target: 'pdf', options: { quality: 50 } } })
    assert.deepEqual(await listed(), [{ name: 'Für Anna', target: 'pdf', options: { quality: 50 } }])
    assert.equal((await ask('DELETE', 'Für Anna')).status, 204)
    assert.deepEqual(await listed(), [])
    assert.equal(await codeOf(await ask('DELETE', 'Für Anna')), 'preset_not_found')
  })

  it('belong to the browser that saved them', async () => {
    await ask('PUT', 'mine', { body: { target: 'pdf', options: {} } })
    assert.deepEqual(await listed(await newCookie()), [])
    assert.equal(
      await codeOf(await ask('PUT', 'nobody', { body: { target: 'pdf', options: {} }, as: '' })),
      'no_owner',
    )
    assert.deepEqual(await listed(''), [])
  })

  it('refuse settings that could never have an effect, and names that are taken', async () => {
    assert.equal(
      await codeOf(await ask('PUT', 'x', { body: { target: 'pdf', options: { quality: 500 } } })),
      'invalid_option',
    )
    assert.equal(
      await codeOf(await ask('PUT', 'Archive', { body: { target: 'pdf', options: {} } })),
      'name_taken',
    )
  })

  it('refuse a body that is no such JSON, and say what is wrong with it', async () => {
    const put = (body: string, type = 'application/json') =>
      fetch(`${testServer.url}/api/presets/x`, {
        method: 'PUT',
        headers: { cookie, 'content-type': type },
        body,
      })
    for (const [answer, code] of [
      [await put('{"target":'), 'invalid_request'],
      [await put('null'), 'invalid_request'],
      [await put('{"target":"pdf"}'), 'invalid_request'],
      [await put('{"target":"pdf","options":{},"option":{}}'), 'unknown_field'],
      [await put('{"target":"pdf","options":{}}', 'text/plain'), 'unsupported_media_type'],
    ] as const)
      assert.equal(await codeOf(answer), code)
    assert.equal(
      await codeOf(await ask('PUT', 'n'.repeat(61), { body: { target: 'pdf', options: {} } })),
      'invalid_request',
    )
  })

  it('end at fifty', async () => {
    const owner = await newCookie()
    for (let number = 1; number <= 50; number++)
      assert.equal(
        (await ask('PUT', `n${number}`, { body: { target: 'pdf', options: {} }, as: owner })).status,
        200,
      )
    assert.equal(
      await codeOf(await ask('PUT', 'n51', { body: { target: 'pdf', options: {} }, as: owner })),
      'too_many_presets',
    )
    assert.equal((await ask('PUT', 'n50', { body: { target: 'png', options: {} }, as: owner })).status, 200)
  })
})

describe('the formats over the API', () => {
  it('are the whole table', async () => {
    const testServer = await startTestServer()
    try {
      const { sources, options } = (await (await fetch(`${testServer.url}/api/formats`)).json()) as {
        sources: { format: string; targets: string[] }[]
        options: { name: string; type: string }[]
      }
      assert.ok(sources.find(({ format }) => format === 'pptx')?.targets.includes('pdfa-2b'))
      assert.ok(options.some(({ name, type }) => name === 'pages' && type === 'text'))
    } finally {
      await testServer.close()
    }
  })
})
