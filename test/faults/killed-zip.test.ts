import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { it, type TestContext } from 'node:test'
import { pino } from 'pino'
import { type Backend, openBackend } from '#lib/backend.ts'
import { readConfig } from '#lib/config.ts'
import { type Job, resultKey } from '#lib/jobs.ts'
import { createDatabase } from '#test/create-database.ts'
import { incompressible } from '#test/documents/archive.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import { dataDirFor } from '#test/test-instance.ts'
import { unpacked } from '#test/unpacked.ts'
import { until } from '#test/until.ts'
import { startWeb } from '#test/web.ts'

/** Together far more than the buffers of a connection hold. */
const [RESULTS, RESULT_BYTES] = [12, 4_000_000]
const HALF = (RESULTS * RESULT_BYTES) / 2

it('leaves files and rows as they were when the web process is killed with -9 half way through an archive', async t => {
  const dataDir = dataDirFor(t)
  const { backend, databaseUrl } = await open(t, dataDir)
  const batch = { batchId: randomUUID(), owner: 'owner' }
  const jobs = await completed(backend, batch)
  const web = await startWeb({ dataDir, databaseUrl })
  t.after(() => web.end())
  const url = `${web.url}/api/batches/${batch.batchId}/result.zip`
  assert.equal((await fetch(url, { method: 'HEAD' })).status, 200)
  const before = await filesBelow(dataDir)

  const answer = await halfOf(url)
  await web.restart('SIGKILL')
  await assert.rejects(async () => {
    for await (const _ of answer);
  }, 'nobody takes the part for the whole')
  assert.deepEqual(await filesBelow(dataDir), before)
  assert.deepEqual(await Promise.all(jobs.map(({ id }) => backend.jobs.get(id))), jobs)
  const archive = await unpacked(Buffer.from(await (await fetch(url)).arrayBuffer()))
  assert.deepEqual([...archive.values()].map(sha256), jobs.map(({ result }) => result?.sha256).reverse())
})

async function open(t: TestContext, dataDir: string): Promise<{ backend: Backend; databaseUrl: string }> {
  const database = await createDatabase()
  const settings = readConfig({ DATABASE_URL: database.url, DATA_DIR: dataDir })
  const backend = await openBackend(settings, pino({ level: 'silent' }))
  t.after(async () => {
    await backend.close()
    await database.drop()
  })
  return { backend, databaseUrl: database.url }
}

/** Completed jobs of one batch, the newest first, whose results differ. */
async function completed({ jobs, storage }: Backend, batch: Pick<Job, 'batchId' | 'owner'>): Promise<Job[]> {
  const consumer = await jobs.consume(
    async ({ job, claim, completeIfStillMine }) => {
      const key = resultKey(job.id, claim)
      const stored = await storage.write(key, incompressible(RESULT_BYTES + Number(job.fileName)))
      await completeIfStillMine({ key, ...stored, fileName: `${job.fileName}.pdf`, pages: 1 })
    },
    { worker: 'host/1', slots: 1 },
  )
  for (let n = 0; n < RESULTS; n++) await jobs.create(newJob({ ...batch, fileName: String(n) }))
  const isDone = async () => (await jobs.batch(batch.batchId))?.counts.completed === RESULTS
  await until('all are completed', isDone)
  await consumer.stop(1000)
  const { items } = await jobs.list({ owner: batch.owner, limit: RESULTS })
  return Promise.all(items.map(({ id }) => jobs.get(id))) as Promise<Job[]>
}

/** The answer to a request, of which half is read and the rest waits. */
async function halfOf(url: string): Promise<IncomingMessage> {
  const [answer]: IncomingMessage[] = await once(get(url), 'response')
  assert.ok(answer)
  for (let bytes = 0; bytes < HALF; ) {
    const chunk: Buffer | null = answer.read()
    if (chunk) bytes += chunk.length
    else await once(answer, 'readable')
  }
  return answer
}

/** Each file with its folder. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .toSorted()
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
