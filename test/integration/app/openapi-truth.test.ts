import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { askByDocument } from '#test/openapi.ts'
import { startTestServer } from '#test/test-server.ts'

const REDOCLY = fileURLToPath(new URL('../../../node_modules/@redocly/cli/bin/cli.js', import.meta.url))

describe('the OpenAPI document', () => {
  it('documents every answer to four hundred requests, sensible and clumsy ones', async () => {
    // The same requests every day; the proof takes others.
    const { requests, statuses, operations } = await askByDocument({ requests: 400, seed: 20_261_130 })
    assert.equal(requests, 400)
    assert.ok(operations.size >= 20, [...operations].join(' '))
    for (const status of [200, 202, 201, 204, 400, 403, 404, 405, 409, 412, 422])
      assert.ok(statuses.has(status), `no answer was ${status}`)
  })

  it('has nothing that a linter finds', async t => {
    const folder = await mkdtemp(join(tmpdir(), 'nightshift-openapi-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    const testServer = await startTestServer()
    t.after(() => testServer.close())
    const path = join(folder, 'openapi.json')
    await writeFile(path, await (await fetch(`${testServer.url}/api/openapi.json`)).text())
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
    const words = [REDOCLY, 'lint', path, '--extends=recommended', '--format=json']
    const { stdout } = await promisify(execFile)(process.execPath, words, { env })
    assert.deepEqual(JSON.parse(stdout.slice(stdout.indexOf('{'))).problems, [])
  })
})
