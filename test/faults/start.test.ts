import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { isAlive } from '#cli/start/process-groups.ts'
import { reachState, sendBytes } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import {
  clearAway,
  dataDirFor,
  makeDataDir,
  nothingIsLeftOn,
  processesOn,
  startInstance,
  type TestInstance,
} from '#test/test-instance.ts'
import { until } from '#test/until.ts'

const isHealthy = async (instance: TestInstance) =>
  (await fetch(`${instance.url}/healthz`).catch(() => undefined))?.ok ?? false

describe('an instance that runs', () => {
  const dataDir = makeDataDir()
  let instance: TestInstance
  before(async () => {
    instance = await startInstance({ dataDir })
    await instance.ready()
  })
  after(() => clearAway(dataDir))

  it('answers, and prints the admin token the first time', async () => {
    assert.equal(await isHealthy(instance), true)
    assert.match(instance.output(), /Admin token: \S{16,}/)
  })

  it('says that it is ready no earlier than /readyz does', async () => {
    await until('it says so', () => /[Rr]eady in \d/.test(instance.output()))
    assert.equal((await fetch(`${instance.url}/readyz`)).status, 200)
  })

  it('keeps its secrets from other users', () => {
    for (const name of ['secrets.json', 'instance.json', 'database.log'])
      assert.equal(statSync(join(dataDir, name)).mode & 0o777, 0o600, name)
  })

  it('keeps a second instance out of its DATA_DIR and says who has it', async () => {
    const second = await startInstance({ dataDir })
    const code = await new Promise(resolve => second.process.once('close', resolve))
    assert.equal(code, 1)
    const pid = instance.instance().launcher.pid
    assert.match(second.output(), new RegExp(`DATA_DIR ${dataDir} is in use by Nightshift with pid ${pid}:`))
    assert.equal(await isHealthy(instance), true)
  })

  for (const role of ['web', 'worker'])
    it(`brings back a ${role} process that was killed`, async () => {
      const killed = instance.instance().children[role]
      assert.ok(killed && isAlive(killed))
      process.kill(killed.pid, 'SIGKILL')
      const next = await until('another one', () => {
        const child = instance.instance().children[role]
        return child && child.pid !== killed.pid && isAlive(child) ? child : undefined
      })
      assert.notEqual(next.pid, killed.pid)
      await until('an answer', () => isHealthy(instance))
    })

  it('replaces a web process that hangs, while a job goes on', async () => {
    await until('it takes jobs', async () => (await fetch(`${instance.url}/readyz`)).ok)
    const { id } = await sendBytes(instance.url, 'a.pptx', await deck({ slides: 20 }))
    const { web } = instance.instance().children
    assert.ok(web)
    process.kill(web.pid, 'SIGSTOP')
    await until('its end', () => !isAlive(web))
    await until('an answer of the next one', () => isHealthy(instance))
    assert.match(instance.output(), /The web process has not answered for 15 s and is killed/)
    const { timeline } = await reachState(instance.url, id, 'completed')
    assert.equal(timeline.length, 1)
  })

  it('brings back its database', async () => {
    const { databaseUrl } = instance.instance()
    assert.ok(databaseUrl)
    const postmaster = processesOn(dataDir).find(line => line.includes('/bin/postgres -D'))
    assert.ok(postmaster)
    process.kill(Number.parseInt(postmaster, 10), 'SIGKILL')
    await until('the end of the old one', () => !processesOn(dataDir).includes(postmaster))
    await until('an answer of the new one', () => answers(databaseUrl))
  })

  it('leaves nothing behind, when it was killed, that the next start does not end', async () => {
    const old = processesOn(dataDir).map(line => Number.parseInt(line, 10))
    assert.ok(old.length >= 4, `launcher, web, worker and database run: ${old}`)
    await instance.end('SIGKILL')
    instance = await startInstance({ dataDir, port: instance.port })
    await instance.ready()
    const now = processesOn(dataDir).map(line => Number.parseInt(line, 10))
    assert.deepEqual(
      now.filter(pid => old.includes(pid)),
      [],
    )
    assert.doesNotMatch(instance.output(), /Admin token/)
  })

  it('ends in order and without a leftover at SIGTERM', async () => {
    assert.equal(await instance.end('SIGTERM'), 0)
    await nothingIsLeftOn(dataDir)
    assert.match(instance.output(), /✓ Stopped in/)
  })
})

describe('a start that cannot be', () => {
  it('says in one line that the port is taken, before it does anything slow', async t => {
    const dataDir = dataDirFor(t)
    const stranger = createServer()
    t.after(() => stranger.close())
    const port = await new Promise<number>(resolve => {
      stranger.listen(0, '127.0.0.1', () => resolve((stranger.address() as { port: number }).port))
    })
    const instance = await startInstance({ dataDir, port })
    const code = await new Promise(resolve => instance.process.once('close', resolve))
    assert.equal(code, 1)
    assert.match(instance.output(), new RegExp(`✗ PORT ${port} is taken: [^\n]+; set PORT to another\\.\n`))
    assert.doesNotMatch(instance.output(), /Database/)
    await nothingIsLeftOn(dataDir)
  })
})

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
