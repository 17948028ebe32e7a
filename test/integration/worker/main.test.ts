import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, afterEach, before, describe, it } from 'node:test'
import { type Backend, openBackend } from '#lib/backend.ts'
import { secretMarks } from '#lib/checks/machine-facts.ts'
import { environmentWith, readConfig } from '#lib/config.ts'
import { type Job, sourceKey } from '#lib/jobs.ts'
import { openLog } from '#lib/log.ts'
import { lastSelfCheck } from '#lib/maintenance/self-check/outcome.ts'
import { bodyOf } from '#lib/maintenance/sweep-message.ts'
import { createDatabase } from '#test/create-database.ts'
import { deck } from '#test/documents/deck.ts'
import { longText } from '#test/documents/long.ts'
import { runInMoments, stopOfficesOf } from '#test/offices.ts'
import { pageCount } from '#test/pdf.ts'
import { until } from '#test/until.ts'
import { isRunning, processTreeOf } from '#worker/sandbox/process-tree.ts'
import { officesBelow } from './test-engine.ts'

const MAIN = join(import.meta.dirname, '../../../worker/main.ts')
/** Makes a world in which no sandbox can be built, as on a machine that forbids user namespaces. */
const NO_NAMESPACES = [
  'bwrap',
  '--die-with-parent',
  '--unshare-user',
  '--uid',
  '1000',
  '--disable-userns',
  '--dev-bind',
  '/',
  '/',
]

describe('the worker process', () => {
  let folder: string
  let database: Awaited<ReturnType<typeof createDatabase>>
  let backend: Backend
  let environment: Record<string, string>
  let worker: ChildProcess

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-main-'))
    await chmod(folder, 0o711)
    database = await createDatabase()
    environment = { DATA_DIR: folder, DATABASE_URL: database.url, SLOTS: '1', LOG_LEVEL: 'silent' }
    backend = await openBackend(
      readConfig(environmentWith(environment)),
      openLog('test', { level: 'silent', format: 'json' }),
    )
  })
  afterEach(async () => {
    if (worker.exitCode === null && worker.signalCode === null) {
      worker.kill('SIGKILL')
      await once(worker, 'exit')
    }
  })
  after(async () => {
    await backend.close()
    await database.drop()
    await rm(folder, { recursive: true })
  })

  function start(prefix: readonly string[] = [], changes: Record<string, string> = {}): void {
    const [program = process.execPath, ...rest] = [...prefix, process.execPath, MAIN]
    worker = spawn(program, rest, {
      env: environmentWith({ ...environment, ...changes }),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
  }

  /** Gives the process's number once it takes jobs. */
  async function startReady(): Promise<number> {
    start()
    await once(worker, 'message')
    return worker.pid ?? 0
  }

  async function submit(bytes: Buffer | string, format: string, lifeMs = 1e7): Promise<Job> {
    const id = randomUUID()
    const stored = await backend.storage.write(sourceKey(id), Readable.from([Buffer.from(bytes)]))
    const { job } = await backend.jobs.create({
      id,
      batchId: randomUUID(),
      owner: 'somebody',
      fileName: `file.${format}`,
      source: { format, ...stored },
      target: 'pdf',
      options: {},
      maxAttempts: 3,
      expiresAt: new Date(Date.now() + lifeMs),
    })
    return job
  }

  const becomes = (id: string, state: Job['state']) =>
    until(`the job to be ${state}`, async () => {
      const job = await backend.jobs.get(id)
      return job?.state === state && job
    })
  const said = (what: string) =>
    until(`a report of “${what}”`, async () => {
      const { workers } = await backend.jobs.stats()
      return workers.find(report => (report.ready ? 'ready' : (report.trouble ?? '')).includes(what))
    })

  it('tells what its machine has, with fingerprints of its secrets, so that machines can be compared', async () => {
    const secrets = { SECRET: 's'.repeat(32), ADMIN_TOKEN: 'token-of-the-operator' }
    start([], secrets)
    await once(worker, 'message')
    const machine = await until('what its machine has', async () => {
      const { workers } = await backend.jobs.stats()
      return workers.find(({ activity }) => activity?.machine)?.activity?.machine
    })
    const { SECRET: secret, ADMIN_TOKEN: adminToken } = secrets
    assert.deepEqual(machine.marks, secretMarks({ secret, adminToken }))
    assert.match(machine.engine, /^LibreOffice \d/)
    assert.ok(machine.fonts.families > 0)
    assert.ok(!machine.fonts.lacking.includes('Latin'))
  })

  it('says that it is ready when it is, and publishes a checked result', async () => {
    const { id } = await submit(await deck({ slides: 4 }), 'pptx')
    start()
    const [message] = await once(worker, 'message')
    assert.deepEqual(message, { type: 'ready', problem: null })
    const { result, report, timeline } = await becomes(id, 'completed')
    assert.equal(result?.pages, 4)
    assert.equal(await pageCount(await buffer(await backend.storage.read(result?.key ?? ''))), 4)
    assert.match(report?.engine ?? '', /^LibreOffice \d/)
    assert.ok(
      report && (report.seconds.loading ?? 0) + (report.seconds.exporting ?? 0) < report.seconds.total,
    )
    assert.match(timeline[0]?.worker ?? '', new RegExp(`/${worker.pid}$`))
    assert.equal((await said('ready')).slots, 1)
  })

  for (const phase of ['loading', 'exporting'] as const)
    it(`tries a job again whose engine was killed with -9 while ${phase}, and completes it`, async () => {
      await startReady()
      let isReached = false
      const subscription = await backend.jobs.subscribe(
        event => {
          if (event.type === 'progress') isReached ||= event.progress.phase === phase
        },
        () => {},
      )
      const offices = await stopOfficesOf(() => worker.pid, 1)
      const { id } = await submit(await deck({ slides: 150, pictures: 150 }), 'pptx')
      await runInMoments(offices, () => isReached)
      for (const office of offices) process.kill(office, 'SIGKILL')
      const job = await becomes(id, 'completed')
      await subscription.stop()
      assert.deepEqual(
        job.timeline.map(({ outcome, errorCode }) => [outcome, errorCode]),
        [
          ['failed', 'engine_crashed'],
          ['completed', null],
        ],
      )
      assert.equal(job.result?.pages, 150)
    })

  it('does the self-check: LibreOffice and poppler give the text of the known document', async () => {
    await startReady()
    const body = bodyOf({ kind: 'self-check' })
    await backend.maintenanceQueue.send('maintain', [{ id: randomUUID(), body }])
    const find = async () => lastSelfCheck(await backend.scheduleRuns.list())
    const run = await until('it is recorded', find, 120_000)
    assert.equal(run.error, null)
  })

  it('counts no attempt that a planned stop ended, but one that kill -9 ended', async () => {
    const first = await startReady()
    const { id } = await submit(await deck({ slides: 150 }), 'pptx')
    await becomes(id, 'running')
    // Else it would be finished within the grace.
    for (const office of await officesBelow(first)) process.kill(office, 'SIGSTOP')
    worker.kill('SIGTERM')
    await once(worker, 'exit')
    const back = await becomes(id, 'queued')
    assert.deepEqual([back.attempt, back.maxAttempts], [0, 3])
    const second = await startReady()
    assert.equal((await becomes(id, 'running')).attempt, 1)
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    await backend.jobs.rescue(`${hostname()}/${second}`)
    await startReady()
    const done = await becomes(id, 'completed')
    assert.deepEqual([done.attempt, done.maxAttempts, done.result?.pages], [2, 3, 150])
    assert.deepEqual(
      done.timeline.map(({ number, outcome }) => [number, outcome]),
      [
        [1, 'handed_back'],
        [1, 'lost'],
        [2, 'completed'],
      ],
    )
  })

  it('rescues the job of a dead worker and deletes what is over its time, with no other process there', async () => {
    const first = await startReady()
    const { id } = await submit(await deck({ slides: 150 }), 'pptx')
    await becomes(id, 'running')
    for (const office of await officesBelow(first)) process.kill(office, 'SIGSTOP')
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    const expired = await submit('text\n', 'txt', 0)
    await backend.jobs.cancel(expired.id)
    await startReady()
    const { timeline } = await becomes(id, 'completed')
    assert.deepEqual(
      timeline.map(({ outcome, errorCode }) => [outcome, errorCode]),
      [
        ['lost', 'worker_lost'],
        ['completed', null],
      ],
    )
    const size = () => backend.storage.size(sourceKey(expired.id))
    await until('the end of the expired file', async () => (await size()) === undefined)
  })

  it('ends with all that it started when its launcher is gone', async () => {
    await startReady()
    worker.disconnect()
    const [code] = await once(worker, 'exit')
    assert.equal(code, 0)
  })

  it('hands back within 20 s what it cannot finish when it is asked to stop', async () => {
    await startReady()
    const { id } = await submit(longText(2000), 'fodt')
    await becomes(id, 'running')
    const processTree = await until('LibreOffice at work', () => {
      const pids = processTreeOf(worker.pid ?? 0)
      return pids.length > 3 && pids
    })
    for (const office of await officesBelow(worker.pid ?? 0)) process.kill(office, 'SIGSTOP')
    worker.kill('SIGTERM')
    const [code] = await once(worker, 'exit')
    // After 19 s it would have ended itself with another code.
    assert.equal(code, 0)
    const job = await becomes(id, 'queued')
    assert.equal(job.timeline[0]?.outcome, 'handed_back')
    for (const pid of processTree) assert.ok(!isRunning(pid), `${pid} still runs`)
    await backend.jobs.cancel(id)
  })

  it('takes no job where no sandbox can be built, and says why', async () => {
    const { id } = await submit('text\n', 'txt')
    start(NO_NAMESPACES, { SANDBOX: 'bwrap' })
    const { trouble: problem } = await said('sandbox cannot be built')
    assert.match(problem ?? '', /bwrap: .*namespace/)
    assert.equal((await backend.jobs.get(id))?.state, 'queued')
    await backend.jobs.cancel(id)
  })
})
