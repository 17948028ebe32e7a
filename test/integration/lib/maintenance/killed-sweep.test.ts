import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { it, type TestContext } from 'node:test'
import pg from 'pg'
import { pino } from 'pino'
import { type Backend, openBackend } from '#lib/backend.ts'
import { readConfig } from '#lib/config.ts'
import { sourceKey } from '#lib/jobs.ts'
import { startSweeps } from '#lib/maintenance/scheduled-sweeps.ts'
import { bodyOf } from '#lib/maintenance/sweep-message.ts'
import { createDatabase } from '#test/create-database.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import { until } from '#test/until.ts'

const PROCESS = join(import.meta.dirname, 'killed-sweep', 'sweep-process.ts')
/** More than are written together, and the number of the one at which the process is killed: within the second such page. */
const [JOBS, KILLED_AT] = [120, 71]
const log = pino({ level: 'silent' })

it('goes on where the process of a sweep was killed: files and rows agree after the next delivery', async t => {
  const { backend, environment } = await open(t)
  const ids = await expiredJobs(backend)
  await backend.maintenanceQueue.send('maintain', [{ id: randomUUID(), body: bodyOf({ kind: 'expired' }) }])
  const child = fork(PROCESS, [environment.DATABASE_URL, environment.DATA_DIR, String(KILLED_AT)])
  t.after(() => child.kill('SIGKILL'))
  await once(child, 'message')
  child.kill('SIGKILL')
  await once(child, 'exit')
  await passHeartbeat(environment.DATABASE_URL)
  const before = await stateOf(backend, ids)
  assert.equal(before.files, JOBS - KILLED_AT + 1)
  assert.ok(before.rows > before.files && before.rows < JOBS, `${before.rows} rows still name files`)

  const sweeps = await startSweeps(backend, log)
  t.after(() => sweeps.stop())
  await until('all are deleted', async () => (await stateOf(backend, ids)).rows === 0)
  assert.equal((await stateOf(backend, ids)).files, 0)
})

async function open(t: TestContext) {
  const database = await createDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-sweep-'))
  const environment = { DATABASE_URL: database.url, DATA_DIR: folder }
  const backend = await openBackend(readConfig({ ...environment, OWNER_WAITING: '1000' }), log)
  t.after(async () => {
    await backend.close()
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  return { backend, environment }
}

/** The queue waits no longer for a sign of life. */
async function passHeartbeat(connectionString: string): Promise<void> {
  const sql = new pg.Client({ connectionString })
  await sql.connect()
  await sql.query(
    "UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '1 hour' WHERE name = 'maintain' AND state = 'active'",
  )
  await sql.end()
}

async function expiredJobs({ jobs, storage }: Backend): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < JOBS; n++) {
    const { job } = await jobs.create(newJob({ expiresAt: new Date(Date.now() + 1) }))
    await storage.write(sourceKey(job.id), Readable.from([Buffer.from('source')]))
    await jobs.cancel(job.id)
    ids.push(job.id)
  }
  return ids
}

/** How many of the jobs have their files, and how many rows say so. */
async function stateOf({ jobs, storage }: Backend, ids: readonly string[]) {
  const counts = { files: 0, rows: 0 }
  for (const id of ids) {
    if ((await storage.size(sourceKey(id))) !== undefined) counts.files++
    if ((await jobs.get(id))?.receipt === null) counts.rows++
  }
  return counts
}
