import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Check } from '#lib/vocabulary/check.ts'
import { ADMIN_TOKEN, startTestServer } from '#test/test-server.ts'

const OPERATOR_TOKEN = 'may-look-but-not-act'

describe('the checks', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  before(async () => {
    testServer = await startTestServer({ OPERATOR_TOKEN, DATABASE_URL: process.env.TEST_DATABASE_URL ?? '' })
  })
  after(() => testServer.close())

  const call = (path: string, token?: string, body?: Uint8Array<ArrayBuffer>) =>
    fetch(testServer.url + path, {
      method: body ? 'POST' : 'GET',
      headers: token ? { authorization: `Bearer ${token}` } : {},
      ...(body && { body }),
    })
  const checks = async (): Promise<Check[]> =>
    (await (await call('/api/admin/checks', OPERATOR_TOKEN)).json()).checks
  const stateOf = async (id: string) => (await checks()).find(check => check.id === id)?.state

  it('are for operators alone', async () => {
    for (const path of ['/api/admin/checks']) {
      assert.equal((await call(path)).status, 401)
      assert.equal((await call(path, 'wrong')).status, 401)
      assert.equal((await call(path, ADMIN_TOKEN)).status, 200)
    }
    assert.equal((await call('/api/admin/checks/upload', undefined, new Uint8Array(1))).status, 401)
  })

  it('ask the database for its version, its latency, its clock, and whether LISTEN works', async () => {
    const ids = ['database', 'database-latency', 'database-listen', 'clock']
    const found = (await checks()).filter(({ id }) => ids.includes(id))
    assert.deepEqual(
      found.map(({ id }) => id),
      ids,
    )
    // How long a busy machine takes to answer is not asserted.
    for (const { id, state } of found)
      assert.ok(state === 'ok' || id === 'database-latency', `${id}: ${state}`)
  })

  it('say that no worker reports, and then what keeps one', async () => {
    assert.equal(await stateOf('workers'), 'failed')
    await testServer.jobs.heartbeat({ worker: 'a/1', slots: 1, ready: false, trouble: 'No sandbox.' })
    const workers = (await checks()).find(({ id }) => id === 'workers')
    assert.match(workers?.found ?? '', /^0 of 1 take jobs\. a\/1: No sandbox\.$/)
    await testServer.jobs.heartbeat({ worker: 'a/1', slots: 1, ready: true, trouble: null })
    assert.equal(await stateOf('workers'), 'ok')
  })

  it('have a command or a setting for everything that is not in order', async () => {
    for (const { id, state, mend } of await checks())
      if (state !== 'unknown') assert.equal(mend === null, state === 'ok', id)
  })

  it('take the bytes of a browser that looks whether a proxy lets them pass', async () => {
    const answer = await call('/api/admin/checks/upload', OPERATOR_TOKEN, new Uint8Array(300_000))
    const { bytes, receivedMs } = await answer.json()
    assert.equal(bytes, 300_000)
    assert.ok(receivedMs >= 0)
  })

  it('refuse far more bytes than an upload sends in one part', async () => {
    const answer = await call('/api/admin/checks/upload', OPERATOR_TOKEN, new Uint8Array(16_000_001))
    assert.equal(answer.status, 413)
  })
})
