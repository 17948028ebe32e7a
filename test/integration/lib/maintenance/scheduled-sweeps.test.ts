import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, it, type TestContext } from 'node:test'
import { pino } from 'pino'
import { openFiles } from '#lib/backend/files.ts'
import { newMemoryState, openMemoryJobs } from '#lib/backend/memory-jobs.ts'
import { readConfig } from '#lib/config.ts'
import { systemClock } from '#lib/jobs/clock.ts'
import { sourceKey } from '#lib/jobs.ts'
import { startSweeps } from '#lib/maintenance/scheduled-sweeps.ts'
import { bodyOf, type Sweep } from '#lib/maintenance/sweep-message.ts'
import type { QueueMessage } from '#lib/queue.ts'
import { createMemoryQueue } from '#lib/queues/memory-queue.ts'
import { openMemoryScheduleRuns } from '#lib/records/schedule-runs.ts'
import { createMemoryStatistics } from '#lib/statistics/memory-statistics.ts'
import { createStatistics } from '#lib/statistics.ts'
import { result } from '#test/integration/lib/jobs/jobs-conformance/suite.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import { until } from '#test/until.ts'

const log = pino({ level: 'silent' })
const HOUR_MS = 3_600_000
const LIMITS = { queueLimit: 10, ownerLimit: 10, historyMs: 30 * 24 * HOUR_MS }

describe('sweeps by messages', () => {
  it('delete the files of expired jobs, and send the next message until none is left', async t => {
    const { jobs, storage, sent, send } = await open(t)
    const { job } = await jobs.create(newJob({ expiresAt: new Date(Date.now() + 1) }))
    await storage.write(sourceKey(job.id), Readable.from([Buffer.from('source')]))
    await jobs.cancel(job.id)
    await send({ kind: 'expired' })
    await until('its row says so', async () => (await jobs.get(job.id))?.receipt?.deletedAt)
    assert.equal(await storage.size(sourceKey(job.id)), undefined)
    await until('the next message is sent', () => sent.length === 2)
    await send({ kind: 'expired' })
    await until('all are handled', () => sent.length >= 3)
    assert.equal(sent.length, 3, 'one that finds nothing sends none')
  })

  it('delete files without a job only when they still have none an hour later', async t => {
    const { jobs, storage, sent, send } = await open(t)
    const [orphan, late] = [randomUUID(), randomUUID()]
    for (const id of [orphan, late])
      await storage.write(sourceKey(id), Readable.from([Buffer.from('source')]))
    await send({ kind: 'orphans' })
    const [, suspects] = await until('suspects are named', () => sent.length === 2 && sent)
    assert.deepEqual(String(suspects?.body.ids).split(',').toSorted(), [orphan, late].toSorted())
    assert.ok((suspects?.runAt?.getTime() ?? 0) > Date.now() + HOUR_MS / 2)
    assert.ok(
      (await storage.size(sourceKey(orphan))) !== undefined,
      'it may be a form that is being received',
    )
    await jobs.create(newJob({ id: late }))
    await send({ kind: 'suspects', ids: [orphan, late] })
    await until('the orphan is deleted', async () => (await storage.size(sourceKey(orphan))) === undefined)
    assert.ok((await storage.size(sourceKey(late))) !== undefined, 'by now it has a job')
  })

  it('mark a result whose file is missing, and one that is there again', async t => {
    const { jobs, storage, send } = await open(t)
    await jobs.consume(async attempt => void (await attempt.completeIfStillMine(result(attempt))), {
      ...{ worker: 'host/1', slots: 1 },
    })
    const { job } = await jobs.create(newJob())
    const { result: made } = await until('it is completed', async () => {
      const now = await jobs.get(job.id)
      return now?.result ? now : undefined
    })
    const isLost = async () => (await jobs.get(job.id))?.result?.lost === true
    await send({ kind: 'results' })
    await until('it is marked', isLost)
    await storage.write(made?.key ?? '', Readable.from([Buffer.from('result')]))
    await send({ kind: 'results' })
    await until('the mark is gone', async () => !(await isLost()))
    assert.deepEqual((await jobs.get(job.id))?.result, made)
  })

  it('count what became of jobs, and record how each run of a schedule went', async t => {
    const { jobs, send, statistics, scheduleRuns } = await open(t)
    await jobs.create(newJob())
    const statisticsRun = async () => (await scheduleRuns.list()).find(run => run.schedule === 'statistics')
    await send({ kind: 'statistics' })
    assert.equal((await until('the run is recorded', statisticsRun)).error, null)
    statistics.rollUp = async () => {
      throw new Error('the database is away')
    }
    await send({ kind: 'statistics' })
    const failure = await until('the failure is recorded', async () => (await statisticsRun())?.error)
    assert.match(failure, /the database is away/)
  })

  it('send one next message however often a message is delivered', async t => {
    const { storage, sent, send } = await open(t)
    await storage.write(sourceKey(randomUUID()), Readable.from([Buffer.from('source')]))
    const id = randomUUID()
    for (const _ of ['first', 'second']) await send({ kind: 'orphans' }, id)
    await until('both are handled', () => sent.length === 4)
    const next = sent.filter(message => message.id !== id).map(message => message.id)
    assert.equal(next[0], next[1])
  })
})

async function open(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-sweep-'))
  const files = await openFiles(readConfig({ DATA_DIR: folder }), log)
  const state = newMemoryState()
  const jobs = openMemoryJobs({ ...LIMITS, state })
  const queue = createMemoryQueue(state.messages, systemClock)
  const sent: QueueMessage[] = []
  const maintenanceQueue: typeof queue = {
    ...queue,
    async send(name, messages) {
      sent.push(...messages)
      await queue.send(name, messages)
    },
  }
  const statistics = createStatistics(createMemoryStatistics(state.table))
  const scheduleRuns = openMemoryScheduleRuns()
  const sweeps = await startSweeps({ jobs, ...files, maintenanceQueue, statistics, scheduleRuns }, log)
  t.after(async () => {
    await sweeps.stop()
    await queue.close()
    await jobs.close()
    await rm(folder, { recursive: true, force: true })
  })
  const send = (sweep: Sweep, id: string = randomUUID()) =>
    maintenanceQueue.send('maintain', [{ id, body: bodyOf(sweep) }])
  return { jobs, sent, send, storage: files.storage, statistics, scheduleRuns }
}
