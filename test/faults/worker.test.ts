import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { BackEnd, OpenBackEnd } from '#test/back-end.ts'
import { BACK_ENDS } from '#test/back-ends.ts'
import { jobStatusOf, reachState, resultOf, sendBytes } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { linkedPdf } from '#test/documents/linked-pdf.ts'
import { freezeOffices, freezeOfficesOf } from '#test/offices.ts'
import { pageCount } from '#test/pdf.ts'
import { pdfOutline } from '#test/pdf-structure.ts'
import { clearAway, makeDataDir, startInstance, type TestInstance } from '#test/test-instance.ts'
import { finishUpload, uploadedAs } from '#test/tus.ts'
import { until } from '#test/until.ts'

const SLIDES = 60
const WORKER = fileURLToPath(new URL('../../worker/main.ts', import.meta.url))

for (const backEnd of BACK_ENDS)
  describe(`a worker that dies or freezes in mid-job, over ${backEnd.name}`, { skip: backEnd.skip }, () =>
    aWorkerThatDies(backEnd),
  )

function aWorkerThatDies(backEnd: BackEnd): void {
  const dataDir = makeDataDir()
  let opened: OpenBackEnd
  let instance: TestInstance
  let long: Buffer
  const started: ChildProcess[] = []

  before(async () => {
    long = await deck({ slides: SLIDES })
    opened = await backEnd.open()
    instance = await startInstance({ dataDir, env: { SLOTS: '1', ...opened.env } })
    await instance.ready()
    await until('it is ready', async () => (await fetch(`${instance.url}/readyz`)).ok)
  })
  after(async () => {
    for (const child of started) child.kill('SIGKILL')
    await instance?.end('SIGTERM')
    await clearAway(dataDir)
    await opened.close()
  })
  const filesOf = async (id: string) =>
    (await opened.filesOf?.(id)) ?? readdirSync(join(dataDir, 'files', 'jobs', id)).sort()

  it('is killed with -9: another attempt finishes at once, with one result', async t => {
    t.after(await freezeOffices(instance, 1))
    const { id } = await sendBytes(instance.url, 'killed.pptx', long)
    const running = await reachState(instance.url, id, 'running')
    const pid = Number(running.timeline[0]?.worker.split('/').at(-1))
    process.kill(pid, 'SIGKILL')
    await until(
      'its job is taken back',
      async () => (await jobStatusOf(instance.url, id)).timeline[0]?.outcome === 'lost',
    )
    // Not by its silence, which takes ten seconds.
    await until('who took it back', () =>
      instance.output().includes('took jobs back from a worker that died'),
    )
    const done = await reachState(instance.url, id, 'completed')
    assert.deepEqual(
      done.timeline.map(a => a.outcome),
      ['lost', 'completed'],
    )
    assert.equal(await pageCount(await resultOf(instance.url, id)), SLIDES)
    assert.deepEqual(await filesOf(id), ['result-2', 'source', 'thumbnail-2'])
  })

  it('is killed with -9 half way through a merge: another attempt makes it whole', async t => {
    t.after(await freezeOffices(instance, 1))
    const files = { 'linked.pdf': Buffer.from(linkedPdf()), 'long.pptx': long, 'letter.docx': await letter() }
    const sources = []
    for (const [name, bytes] of Object.entries(files))
      sources.push({ uploadId: await uploadedAs(instance.url, name, bytes) })
    const { id } = await (await finishUpload(instance.url, { sources })).json()
    // The PDF is done and the presentation is at work.
    await until(
      'it is half way',
      async () => ((await jobStatusOf(instance.url, id)).progress?.percent ?? 0) > 30,
    )
    const { timeline } = await jobStatusOf(instance.url, id)
    process.kill(Number(timeline[0]?.worker.split('/').at(-1)), 'SIGKILL')
    const done = await reachState(instance.url, id, 'completed')
    assert.deepEqual(
      done.timeline.map(a => a.outcome),
      ['lost', 'completed'],
    )
    const outline = await pdfOutline(await resultOf(instance.url, id))
    assert.deepEqual(
      outline.map(([title, page]) => [title, page]),
      [
        ['linked', 1],
        ['long', 4],
        ['letter', 4 + SLIDES],
      ],
    )
    assert.deepEqual(await filesOf(id), ['result-2', 'source', 'source-2', 'source-3', 'thumbnail-2'])
  })

  it('is frozen while another one finishes: its late result is refused and deleted', async t => {
    const goOn = await freezeOffices(instance, 1)
    t.after(goOn)
    const { id } = await sendBytes(instance.url, 'frozen.pptx', long)
    const running = await reachState(instance.url, id, 'running')
    const frozen = Number(running.timeline[0]?.worker.split('/').at(-1))
    process.kill(frozen, 'SIGSTOP')
    t.after(() => void process.kill(frozen, 'SIGCONT'))
    goOn()
    const other = await startWorker()
    await until(
      'the silent worker loses its job',
      async () => (await jobStatusOf(instance.url, id)).timeline[0]?.outcome === 'lost',
    )
    const done = await reachState(instance.url, id, 'completed')
    assert.match(done.timeline[1]?.worker ?? '', new RegExp(`/${other.pid}$`))
    process.kill(frozen, 'SIGCONT')
    other.kill('SIGTERM')
    const servesAgain = async () => {
      const { id: next } = await sendBytes(instance.url, 'next.pptx', await deck({ slides: 1 }))
      return (await reachState(instance.url, next, 'completed')).timeline[0]?.worker.endsWith(`/${frozen}`)
    }
    await until('it takes jobs again', servesAgain)
    const after = await jobStatusOf(instance.url, id)
    assert.deepEqual([after.version, after.result?.sha256], [done.version, done.result?.sha256])
    assert.deepEqual(
      after.timeline.map(a => a.outcome),
      ['lost', 'completed'],
    )
    await until(
      'the late result is deleted',
      async () => (await filesOf(id)).join() === 'result-2,source,thumbnail-2',
    )
  })

  it('is asked to stop: the job goes on elsewhere and no attempt is counted', async t => {
    const leaving = await startWorker()
    const goOn = [await freezeOffices(instance, 1), await freezeOfficesOf(() => leaving.pid, 1)]
    for (const each of goOn) t.after(each)
    // Two jobs for two workers with a slot each: one of them is the leaving one's.
    const ids = [
      (await sendBytes(instance.url, 'a.pptx', long)).id,
      (await sendBytes(instance.url, 'b.pptx', long)).id,
    ]
    await Promise.all(ids.map(id => reachState(instance.url, id, 'running')))
    leaving.kill('SIGTERM')
    for (const each of goOn) each()
    const [code] = await once(leaving, 'exit')
    assert.equal(code, 0)
    for (const id of ids) {
      const { attempt, timeline } = await reachState(instance.url, id, 'completed')
      assert.equal(attempt, 1)
      assert.ok(timeline.every(a => a.outcome === 'completed' || a.outcome === 'handed_back'))
    }
  })

  async function startWorker(): Promise<ChildProcess> {
    const env = {
      ...process.env,
      ...opened.env,
      DATA_DIR: dataDir,
      DATABASE_URL: instance.instance().databaseUrl,
      SLOTS: '1',
    }
    const child = spawn(process.execPath, [WORKER], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    started.push(child)
    let said = ''
    child.stdout?.on('data', text => {
      said += text
    })
    await until('the second worker is ready', () => said.includes('ready for jobs'))
    return child
  }
}
